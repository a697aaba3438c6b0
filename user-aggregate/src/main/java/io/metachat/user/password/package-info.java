/** Passwords: which are refused, and how the others are hashed. */
@NullMarked
package io.metachat.user.password;

import org.jspecify.annotations.NullMarked;
