/** Calls to the server: sessions that are replaced when they break, retries, and the meaning of a failure. */
@NullMarked
package io.metachat.axon.eventstoredb.internal.connection;

import org.jspecify.annotations.NullMarked;
