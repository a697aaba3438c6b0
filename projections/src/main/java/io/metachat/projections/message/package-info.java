/** Small pieces of the messages that queries answer with. */
@NullMarked
package io.metachat.projections.message;

import org.jspecify.annotations.NullMarked;
