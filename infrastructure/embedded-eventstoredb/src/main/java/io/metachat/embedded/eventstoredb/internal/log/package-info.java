/** The log in the key-value store: its key and value layouts, and lookups of committed events. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.log;

import org.jspecify.annotations.NullMarked;
