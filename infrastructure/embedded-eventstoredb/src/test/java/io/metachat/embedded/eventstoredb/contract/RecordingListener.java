package io.metachat.embedded.eventstoredb.contract;

import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Remembers everything that a subscription is told. */
final class RecordingListener extends SubscriptionListener {

    private final List<ResolvedEvent> events = new CopyOnWriteArrayList<>();
    private volatile boolean caughtUp;
    private volatile @Nullable Throwable cancelledBy;

    @Override
    public void onEvent(Subscription subscription, ResolvedEvent event) {
        events.add(event);
    }

    @Override
    public void onCaughtUp(Subscription subscription) {
        caughtUp = true;
    }

    @Override
    public void onCancelled(@Nullable Subscription subscription, @Nullable Throwable cause) {
        cancelledBy = cause;
    }

    List<ResolvedEvent> events() {
        return events;
    }

    List<Long> revisions() {
        return events.stream()
                .map(event -> event.getOriginalEvent().getRevision())
                .toList();
    }

    List<String> streams() {
        return events.stream()
                .map(event -> event.getOriginalEvent().getStreamId())
                .toList();
    }

    List<Position> positions() {
        return events.stream()
                .map(event -> event.getOriginalEvent().getPosition())
                .toList();
    }

    boolean caughtUp() {
        return caughtUp;
    }

    @Nullable
    Throwable cancelledBy() {
        return cancelledBy;
    }
}
