/** Conversions between Java and the messages of the contracts, for both ends of a call. */
@NullMarked
package io.metachat.proto;

import org.jspecify.annotations.NullMarked;
