/** The HTTP side of every service: response headers, and failures as problem documents on each port. */
@NullMarked
package io.metachat.service.http;

import org.jspecify.annotations.NullMarked;
