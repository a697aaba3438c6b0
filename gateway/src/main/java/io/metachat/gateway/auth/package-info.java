/** Registration, login, refresh and logout. */
@NullMarked
package io.metachat.gateway.auth;

import org.jspecify.annotations.NullMarked;
