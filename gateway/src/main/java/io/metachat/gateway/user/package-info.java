/** Users: profile, password, statistics, export and blocks. */
@NullMarked
package io.metachat.gateway.user;

import org.jspecify.annotations.NullMarked;
