/** Appends: batches of consecutive events, their checks and their conflicts. */
@NullMarked
package io.metachat.axon.eventstoredb.internal.append;

import org.jspecify.annotations.NullMarked;
