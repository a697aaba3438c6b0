/** Reads of single streams and of {@code $all}, page by page. */
@NullMarked
package io.metachat.axon.eventstoredb.internal.read;

import org.jspecify.annotations.NullMarked;
