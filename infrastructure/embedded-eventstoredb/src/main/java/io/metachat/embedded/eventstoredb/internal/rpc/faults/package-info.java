/** Planned faults: delays, refusals and lost responses, for tests of clients. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rpc.faults;

import org.jspecify.annotations.NullMarked;
