/** Reading committed events: pages of a stream or of the whole log, with links resolved and filters applied. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.read;

import org.jspecify.annotations.NullMarked;
