/** Signing in: credentials, logins and their rotating refresh tokens. */
@NullMarked
package io.metachat.user.login;

import org.jspecify.annotations.NullMarked;
