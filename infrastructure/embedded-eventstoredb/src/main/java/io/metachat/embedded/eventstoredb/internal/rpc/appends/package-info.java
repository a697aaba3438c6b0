/** Appends and deletions: single calls, batches, and their responses. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rpc.appends;

import org.jspecify.annotations.NullMarked;
