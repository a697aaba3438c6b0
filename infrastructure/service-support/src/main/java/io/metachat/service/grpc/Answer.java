package io.metachat.service.grpc;

import java.util.OptionalLong;

/**
 * What a called service answered.
 *
 * @param value the message
 * @param position the event-store position that the call's writes reached, if it wrote
 */
public record Answer<T>(T value, OptionalLong position) {}
