/** Candidates for a match: the queries, and the score with its parts. */
@NullMarked
package io.metachat.domain.candidate;

import org.jspecify.annotations.NullMarked;
