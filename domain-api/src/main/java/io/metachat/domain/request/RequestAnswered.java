package io.metachat.domain.request;

import org.jspecify.annotations.Nullable;

/**
 * A keyed command changed nothing, and its key is remembered all the same: the key stands in the metadata of this event.
 * It lies in the stream of the aggregate that handled the command.
 *
 * @param sequence the number of the event in this stream that the answer was made from; null when the answer holds nothing
 */
public record RequestAnswered(@Nullable Long sequence) implements RequestEvent {}
