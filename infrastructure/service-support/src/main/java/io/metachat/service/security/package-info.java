/** Access tokens: issuing and verifying them, and the methods that need none. */
@NullMarked
package io.metachat.service.security;

import org.jspecify.annotations.NullMarked;
