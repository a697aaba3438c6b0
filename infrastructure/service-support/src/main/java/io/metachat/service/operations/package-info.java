/** Operators' views and commands, over HTTP on the service's own port. */
@NullMarked
package io.metachat.service.operations;

import org.jspecify.annotations.NullMarked;
