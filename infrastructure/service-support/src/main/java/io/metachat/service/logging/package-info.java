/** Log lines as JSON that name the service, also where several services share a JVM. */
@NullMarked
package io.metachat.service.logging;

import org.jspecify.annotations.NullMarked;
