/** Logins: rotating refresh tokens whose whole family is revoked when one of them is used twice. */
@NullMarked
package io.metachat.domain.login;

import org.jspecify.annotations.NullMarked;
