/** The gRPC command API of the user. */
@NullMarked
package io.metachat.user.api;

import org.jspecify.annotations.NullMarked;
