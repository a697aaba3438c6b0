/** Streaming processors that hand events to projections, batch their writes and keep their positions. */
@NullMarked
package io.metachat.projections.processing;

import org.jspecify.annotations.NullMarked;
