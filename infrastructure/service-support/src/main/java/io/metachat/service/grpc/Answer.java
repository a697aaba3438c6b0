package io.metachat.service.grpc;

import java.util.OptionalLong;

/**
 * The response of a called service.
 *
 * @param value the message
 * @param position the event-store position that the call's writes reached, if it wrote anything
 */
public record Answer<T>(T value, OptionalLong position) {}
