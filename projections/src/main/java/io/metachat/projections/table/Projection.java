package io.metachat.projections.table;

import io.metachat.domain.DomainEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * One read model: its tables, and what each event writes to them. It has nothing to do with versions, batches and
 * Cassandra's client; the same projection fills the tables of the active version and those of a version being rebuilt,
 * at the same time. Immutable.
 *
 * <p>A projection does not delete a forgotten person's rows itself: that follows from its tables.
 */
public final class Projection {

    private final String name;
    private final int revision;
    private final List<Table<?>> tables;
    private final Map<Class<?>, BiConsumer<DomainEvent, Writes>> handlers;

    private Projection(Builder builder) {
        this.name = builder.name;
        this.revision = builder.revision;
        this.tables = builder.tables;
        this.handlers = Map.copyOf(builder.handlers);
    }

    /** @param name of a-z, 0-9 and hyphens; it stays for ever: {@code entries} */
    public static Builder named(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    /**
     * The revision of what is written, from 1 on. Increment it when the tables change, or what an event writes to them:
     * each version that an earlier revision made is then replaced by a rebuild, and serves until that is done.
     */
    public int revision() {
        return revision;
    }

    public List<Table<?>> tables() {
        return tables;
    }

    /** The types of events that concern the projection. */
    public Set<Class<?>> types() {
        return handlers.keySet();
    }

    /** Writes what follows from the event; nothing, when the event does not concern the projection. */
    public void handle(DomainEvent event, Writes writes) {
        BiConsumer<DomainEvent, Writes> handler = handlers.get(event.getClass());
        if (handler != null) {
            handler.accept(event, writes);
        }
    }

    /** Collects the parts of a projection; not safe for use by several threads. */
    public static final class Builder {

        private final String name;
        private final Map<Class<?>, BiConsumer<DomainEvent, Writes>> handlers = new HashMap<>();
        private int revision = 1;
        private List<Table<?>> tables = List.of();

        private Builder(String name) {
            this.name = name;
        }

        /** Sets {@link Projection#revision()}. */
        public Builder revision(int number) {
            revision = number;
            return this;
        }

        public Builder tables(Table<?>... all) {
            tables = List.of(all);
            return this;
        }

        /** @throws IllegalArgumentException when the type of event has a handler already */
        public <E extends DomainEvent> Builder on(Class<E> type, BiConsumer<? super E, Writes> handler) {
            BiConsumer<DomainEvent, Writes> other =
                    handlers.putIfAbsent(type, (event, writes) -> handler.accept(type.cast(event), writes));
            if (other != null) {
                throw new IllegalArgumentException(type.getSimpleName() + " has a handler already");
            }
            return this;
        }

        public Projection build() {
            return new Projection(this);
        }
    }
}
