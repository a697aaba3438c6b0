package io.metachat.axon.eventstoredb.engine;

import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The {@code $all} commit position of the last event that a unit of work appended.
 *
 * <p>A read model whose token covers this position has seen all events of the unit of work. The append happens while the
 * unit of work prepares its commit, which is after the message handler has returned. So an interceptor registers a consumer
 * with {@link #whenCommitted(UnitOfWork, LongConsumer)}, or calls {@link #of(UnitOfWork)} in an {@code afterCommit}
 * handler.
 */
public final class AppendedPosition {

    private static final String RESOURCE = AppendedPosition.class.getName();

    private AppendedPosition() {}

    /** Returns the position, or empty while the unit of work has appended nothing. */
    public static OptionalLong of(UnitOfWork<?> unitOfWork) {
        @Nullable Long position = unitOfWork.root().getResource(RESOURCE);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /**
     * Calls the consumer on the committing thread after the unit of work has committed. The consumer is not called when
     * the unit of work appended nothing or was rolled back.
     */
    public static void whenCommitted(UnitOfWork<?> unitOfWork, LongConsumer consumer) {
        unitOfWork.root().afterCommit(committed -> of(committed).ifPresent(consumer));
    }

    static void set(UnitOfWork<?> unitOfWork, long position) {
        unitOfWork.root().resources().put(RESOURCE, position);
    }
}
