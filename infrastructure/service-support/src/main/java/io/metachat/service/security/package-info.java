/** Access tokens: who issues them, who believes them, and who may call which method. */
@NullMarked
package io.metachat.service.security;

import org.jspecify.annotations.NullMarked;
