/** Authentication of callers and access control for streams. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rpc.access;

import org.jspecify.annotations.NullMarked;
