/** The vocabulary of the store: events, stream names, revisions, stream metadata and the standard index streams. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.stream;

import org.jspecify.annotations.NullMarked;
