/** Candidates, searches and matches of the caller. */
@NullMarked
package io.metachat.gateway.matching;

import org.jspecify.annotations.NullMarked;
