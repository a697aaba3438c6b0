package io.metachat.service.command;

import org.jspecify.annotations.Nullable;

/**
 * What a command came to.
 *
 * @param result what its handler returned
 * @param position the event-store position that holds everything the command did: of its last event, or, when it
 *     appended nothing, of what was the end of the store by then
 */
public record CommandOutcome<R extends @Nullable Object>(R result, long position) {}
