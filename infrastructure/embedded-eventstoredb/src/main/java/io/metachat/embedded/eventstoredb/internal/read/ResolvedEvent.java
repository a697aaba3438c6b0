package io.metachat.embedded.eventstoredb.internal.read;

import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event as delivered to a reader.
 *
 * @param event the event read, or the link's target; null if the link does not resolve
 * @param link the link that was followed, if any
 * @param position the position of the link, or of the event if there is no link
 */
public record ResolvedEvent(
        @Nullable StoredEvent event, @Nullable StoredEvent link, long position) {

    static ResolvedEvent plain(StoredEvent event) {
        return new ResolvedEvent(event, null, event.position());
    }

    static ResolvedEvent linked(@Nullable StoredEvent target, StoredEvent link) {
        return new ResolvedEvent(target, link, link.position());
    }

    /** Returns the event read, before any link was followed. */
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
