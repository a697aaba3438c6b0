package io.metachat.kafka.relay.internal;

/** The published content of an event and its public name. */
record NamedContent(String name, Object content) {}
