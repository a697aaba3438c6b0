/** The search: one at a time per person, driven by a saga from candidate to candidate. */
@NullMarked
package io.metachat.matching.search;

import org.jspecify.annotations.NullMarked;
