/** The user: who somebody is, what others see, whom they want to meet. */
@NullMarked
package io.metachat.domain.user;

import org.jspecify.annotations.NullMarked;
