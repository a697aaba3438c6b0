package io.metachat.embedded.eventstoredb.internal.group;

import io.metachat.embedded.eventstoredb.internal.read.ResolvedEvent;

/** One connected consumer of a group, as the group sees it. Called under the group's lock: must not block. */
public interface Consumer {

    /** How many events it takes before it has answered any. */
    int capacity();

    String user();

    void deliver(ResolvedEvent event, int retryCount);

    void drop(GroupException reason);
}
