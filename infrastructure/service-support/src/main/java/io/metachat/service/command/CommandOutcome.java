package io.metachat.service.command;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a command.
 *
 * @param result the result of its handler
 * @param position the event-store position of the command's last event; when it appended nothing, the head of the store
 *     at that time
 */
public record CommandOutcome<R extends @Nullable Object>(R result, long position) {}
