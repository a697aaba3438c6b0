/** The matching-service: proposals between people, the search that makes them, and who would suit whom. */
@NullMarked
package io.metachat.matching;

import org.jspecify.annotations.NullMarked;
