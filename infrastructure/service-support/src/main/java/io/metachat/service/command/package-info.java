/** Dispatching commands: retried conflicts, reached positions, idempotency keys. */
@NullMarked
package io.metachat.service.command;

import org.jspecify.annotations.NullMarked;
