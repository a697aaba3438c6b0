/** Everything that is stored about a person, as JSON. */
@NullMarked
package io.metachat.projections.export;

import org.jspecify.annotations.NullMarked;
