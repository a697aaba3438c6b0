/** The single writer: it stages accepted writes, commits them in groups and publishes the end of the log. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.commit;

import org.jspecify.annotations.NullMarked;
