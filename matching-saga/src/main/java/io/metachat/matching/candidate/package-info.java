/** Who would suit whom: an in-memory picture of everybody, folded from events, searched exactly. */
@NullMarked
package io.metachat.matching.candidate;

import org.jspecify.annotations.NullMarked;
