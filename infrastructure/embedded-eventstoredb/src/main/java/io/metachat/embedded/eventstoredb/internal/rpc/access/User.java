package io.metachat.embedded.eventstoredb.internal.rpc.access;

import java.util.Set;

/** A user that may call the server. */
public record User(String name, String password, Set<String> roles) {}
