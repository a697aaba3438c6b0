/** The calls of persistent subscriptions. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rpc.groups;

import org.jspecify.annotations.NullMarked;
