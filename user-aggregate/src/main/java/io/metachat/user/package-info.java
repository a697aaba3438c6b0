/** The user-service: who somebody is, how they sign in, whom they want to meet. */
@NullMarked
package io.metachat.user;

import org.jspecify.annotations.NullMarked;
