package io.metachat.benchmarks.projections;

import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.projections.table.EventHandlers;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Table;
import java.util.List;
import org.springframework.stereotype.Component;

/** Receives every entry and writes nothing, which leaves the cost of receiving events. */
@Component
public final class NoOpProjection implements Projection {

    static final String NAME = "nothing";

    private final EventHandlers handlers = EventHandlers.builder()
            .on(EntryWritten.class, (event, writes) -> {})
            .build();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int revision() {
        return 1;
    }

    @Override
    public List<Table> tables() {
        return List.of();
    }

    @Override
    public EventHandlers handlers() {
        return handlers;
    }
}
