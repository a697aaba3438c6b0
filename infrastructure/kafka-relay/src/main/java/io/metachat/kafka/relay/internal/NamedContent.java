package io.metachat.kafka.relay.internal;

/** What is published under which name. */
record NamedContent(String name, Object content) {}
