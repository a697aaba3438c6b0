package io.metachat.embedded.eventstoredb.internal.node;

import io.metachat.embedded.eventstoredb.internal.commit.WriteGuard;
import io.metachat.embedded.eventstoredb.internal.commit.WriteRefusedException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Refuses writes while the disk is nearly full. The reserve lets the storage still flush, compact and restart. */
final class DiskSpaceGuard implements WriteGuard {

    private static final long LOOK_AGAIN = Duration.ofMillis(100).toNanos();

    private final LongSupplier freeBytes;
    private final long reserve;
    private long lookedAt;
    private boolean full;

    DiskSpaceGuard(LongSupplier freeBytes, long reserve) {
        this.freeBytes = freeBytes;
        this.reserve = reserve;
        look();
    }

    @Override
    public void check() {
        if (System.nanoTime() - lookedAt > LOOK_AGAIN) {
            look();
        }
        if (full) {
            throw new WriteRefusedException("the disk is full");
        }
    }

    private void look() {
        full = freeBytes.getAsLong() < reserve;
        lookedAt = System.nanoTime();
    }
}
