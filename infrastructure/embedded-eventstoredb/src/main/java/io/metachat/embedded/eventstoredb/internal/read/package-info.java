/** What a reader sees of the committed events: pages of a stream or of the whole log, links followed, filters applied. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.read;

import org.jspecify.annotations.NullMarked;
