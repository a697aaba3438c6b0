/** Signing up, in and out. */
@NullMarked
package io.metachat.gateway.auth;

import org.jspecify.annotations.NullMarked;
