/** Where bytes come to rest: sorted keys with atomic, synced batches, and nothing about events. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.storage;

import org.jspecify.annotations.NullMarked;
