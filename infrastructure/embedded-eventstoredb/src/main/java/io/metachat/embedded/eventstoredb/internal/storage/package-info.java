/** Storage of bytes: sorted keys with atomic, synced batches, independent of events. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.storage;

import org.jspecify.annotations.NullMarked;
