package io.metachat.axon.eventstoredb.engine;

import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The {@code $all} commit position of the last event that a unit of work appended.
 *
 * <p>A read model whose token covers this position has seen everything the unit of work wrote. The append happens while
 * the unit of work prepares its commit, that is after the message handler has returned: an interceptor asks with {@link
 * #whenCommitted(UnitOfWork, LongConsumer)}, or in an {@code afterCommit} handler of its own with {@link
 * #of(UnitOfWork)}.
 */
public final class AppendedPosition {

    private static final String RESOURCE = AppendedPosition.class.getName();

    private AppendedPosition() {}

    /** The position, or empty while the unit of work has appended nothing. */
    public static OptionalLong of(UnitOfWork<?> unitOfWork) {
        @Nullable Long position = unitOfWork.root().getResource(RESOURCE);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /**
     * Calls the consumer, on the committing thread, after the unit of work has committed; not at all when it appended
     * nothing or was rolled back.
     */
    public static void whenCommitted(UnitOfWork<?> unitOfWork, LongConsumer consumer) {
        unitOfWork.root().afterCommit(committed -> of(committed).ifPresent(consumer));
    }

    static void set(UnitOfWork<?> unitOfWork, long position) {
        unitOfWork.root().resources().put(RESOURCE, position);
    }
}
