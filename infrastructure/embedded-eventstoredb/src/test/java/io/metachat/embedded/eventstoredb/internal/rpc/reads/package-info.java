/** Tests of the pumps behind reads and subscriptions. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import org.jspecify.annotations.NullMarked;
