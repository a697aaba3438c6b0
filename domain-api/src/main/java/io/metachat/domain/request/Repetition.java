package io.metachat.domain.request;

import io.metachat.domain.Command;

/**
 * A command that asks for the earlier answer to its idempotency key, before anything else is done for the request. It
 * changes nothing, and its key is not remembered.
 */
public interface Repetition extends Command {}
