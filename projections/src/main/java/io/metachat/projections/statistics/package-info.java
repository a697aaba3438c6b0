/** Numbers about a person, folded when they are asked for from rows that other rooms keep. */
@NullMarked
package io.metachat.projections.statistics;

import org.jspecify.annotations.NullMarked;
