package io.metachat.axon.eventstoredb.internal.connection;

import com.eventstore.dbclient.EventStoreDBClient;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One client for as long as it works, and the calls in flight on it.
 *
 * <p>When its channel closes, the client drops some calls without completing them. So every call is tracked here, and
 * ends with the session at the latest.
 */
public final class Session {

    private final EventStoreDBClient client;
    private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean lost;

    Session(EventStoreDBClient client) {
        this.client = client;
    }

    public EventStoreDBClient client() {
        return client;
    }

    boolean isDead() {
        return lost || client.isShutdown();
    }

    /** Completes the future exceptionally when this session is lost before it completes. */
    public <T> CompletableFuture<T> track(CompletableFuture<T> future) {
        pending.add(future);
        future.whenComplete((result, error) -> pending.remove(future));
        if (lost) {
            future.completeExceptionally(new SessionLostException());
        }
        return future;
    }

    /** Closes the client in the background and fails all calls in flight. */
    void lose() {
        lost = true;
        client.shutdown();
        for (CompletableFuture<?> future : pending) {
            future.completeExceptionally(new SessionLostException());
        }
    }
}
