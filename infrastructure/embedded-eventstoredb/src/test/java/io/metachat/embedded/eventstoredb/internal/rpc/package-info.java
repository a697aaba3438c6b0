/** How calls are served, without a network. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rpc;

import org.jspecify.annotations.NullMarked;
