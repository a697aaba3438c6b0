package io.metachat.axon.cassandra.connection;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The reason of the last failure of a retried action, so that each new reason is logged once. Thread-safe. */
public final class RepeatedReason {

    private @Nullable String last;

    /** Remembers a reason; returns whether it differs from the last one. */
    public synchronized boolean isNew(String reason) {
        boolean isNew = !Objects.equals(last, reason);
        last = reason;
        return isNew;
    }

    /** Forgets the last reason after a success, so that the next failure is logged. */
    public synchronized void clear() {
        last = null;
    }
}
