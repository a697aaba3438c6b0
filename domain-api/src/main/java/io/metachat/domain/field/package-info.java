/** The fields of commands: their limits and checks, partial updates, and the mark of personal data. */
@NullMarked
package io.metachat.domain.field;

import org.jspecify.annotations.NullMarked;
