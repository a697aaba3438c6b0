package io.metachat.axon.eventstoredb.internal.subscription;

import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/** What a consumer reads next: an event, or a position up to which there is no event. */
interface Received {

    long position();

    @Nullable
    StoredEvent event();

    /** Returns the messages of the event; none for a position. May run the application's upcasters and serializer. */
    List<TrackedEventMessage<?>> messages(MessageDecoder decoder);
}
