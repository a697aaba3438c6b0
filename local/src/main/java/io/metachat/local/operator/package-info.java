/** The commands for operators, and the client that they use. */
@NullMarked
package io.metachat.local.operator;

import org.jspecify.annotations.NullMarked;
