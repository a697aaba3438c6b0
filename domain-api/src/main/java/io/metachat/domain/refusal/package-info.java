/** The closed set of errors with which the domain refuses a command, with stable codes. */
@NullMarked
package io.metachat.domain.refusal;

import org.jspecify.annotations.NullMarked;
