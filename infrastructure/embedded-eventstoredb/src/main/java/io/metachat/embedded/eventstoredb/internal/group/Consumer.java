package io.metachat.embedded.eventstoredb.internal.group;

import io.metachat.embedded.eventstoredb.internal.read.ResolvedEvent;

/** A connected consumer of a group. Its methods run under the group's lock and must not block. */
public interface Consumer {

    /** Returns the maximum number of unanswered events. */
    int capacity();

    String user();

    void deliver(ResolvedEvent event, int retryCount);

    void drop(GroupException reason);
}
