/** A proposal between two people: made, answered by both, established or not. */
@NullMarked
package io.metachat.matching.proposal;

import org.jspecify.annotations.NullMarked;
