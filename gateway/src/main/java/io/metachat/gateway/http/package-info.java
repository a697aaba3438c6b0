/** The shared parts of all routes: the exchange with its token, headers and body, and the problem documents. */
@NullMarked
package io.metachat.gateway.http;

import org.jspecify.annotations.NullMarked;
