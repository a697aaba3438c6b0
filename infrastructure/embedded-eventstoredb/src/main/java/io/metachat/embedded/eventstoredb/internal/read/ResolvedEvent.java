package io.metachat.embedded.eventstoredb.internal.read;

import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event as a reader gets it.
 *
 * @param event the event read, or what the link points to; null when the link leads nowhere
 * @param link the link that was followed, if one was
 * @param position of what was read, the link where there is one
 */
public record ResolvedEvent(
        @Nullable StoredEvent event, @Nullable StoredEvent link, long position) {

    static ResolvedEvent plain(StoredEvent event) {
        return new ResolvedEvent(event, null, event.position());
    }

    static ResolvedEvent linked(@Nullable StoredEvent target, StoredEvent link) {
        return new ResolvedEvent(target, link, link.position());
    }

    /** What was read, before any link was followed. */
    public StoredEvent original() {
        if (link != null) {
            return link;
        }
        if (event == null) {
            throw new IllegalStateException("neither event nor link");
        }
        return event;
    }
}
