package io.metachat.axon.eventstoredb.internal.connection;

import com.eventstore.dbclient.ReadMessage;
import com.eventstore.dbclient.ResolvedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Collects the events of a bounded read. The client's own future for this cannot be cancelled, and never completes when
 * a closing channel cancels the read.
 */
public final class ReadCollector implements Subscriber<ReadMessage> {

    private final List<ResolvedEvent> events = new ArrayList<>();
    private final CompletableFuture<List<ResolvedEvent>> result = new CompletableFuture<>();
    private volatile @Nullable Subscription subscription;

    private ReadCollector() {}

    /** Returns a future of the events. Completing it exceptionally stops the read. */
    public static CompletableFuture<List<ResolvedEvent>> collect(Publisher<ReadMessage> read) {
        ReadCollector collector = new ReadCollector();
        collector.result.whenComplete((events, error) -> {
            if (error != null) {
                collector.stop();
            }
        });
        read.subscribe(collector);
        return collector.result;
    }

    @Override
    public void onSubscribe(Subscription started) {
        subscription = started;
        if (result.isDone()) {
            stop();
        }
    }

    @Override
    public void onNext(ReadMessage message) {
        if (message.hasEvent()) {
            events.add(message.getEvent());
        }
    }

    @Override
    public void onError(Throwable error) {
        result.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        result.complete(events);
    }

    private void stop() {
        Subscription started = subscription;
        if (started != null) {
            started.cancel();
        }
    }
}
