/** What every route shares: the exchange with its token, headers and body, and how failures are told. */
@NullMarked
package io.metachat.gateway.http;

import org.jspecify.annotations.NullMarked;
