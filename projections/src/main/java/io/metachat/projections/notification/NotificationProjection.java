package io.metachat.projections.notification;

import io.metachat.domain.DomainEvent;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.table.EventHandlers;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.Writes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps what people were told, for those who were not there when it happened. */
@Component
public final class NotificationProjection implements Projection {

    public static final String NAME = "notifications";

    private static final TableWrite KEEP =
            NotificationTables.NOTIFICATIONS.expiring("user_id", "position", "type", "data");

    private final Duration retention;
    private final Clock clock;
    private final EventHandlers handlers;

    public NotificationProjection(ProjectionProperties properties, Clock clock) {
        this.retention = properties.notificationRetention();
        this.clock = clock;
        EventHandlers.Builder builder = EventHandlers.builder();
        NotificationMapping.TYPES.forEach(type -> builder.on(type, this::keep));
        this.handlers = builder.build();
    }

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
        return List.of(NotificationTables.NOTIFICATIONS);
    }

    @Override
    public EventHandlers handlers() {
        return handlers;
    }

    /** A row's life counts from the event: a rebuild keeps nothing longer, and leaves out what is over. */
    private void keep(DomainEvent event, Writes writes) {
        Duration left = retention.minus(Duration.between(writes.time(), clock.instant()));
        if (left.toSeconds() < 1) {
            return;
        }
        for (Told told : NotificationMapping.of(event)) {
            writes.applyExpiring(KEEP, left, told.to().value(), writes.position(), told.type(), told.data());
        }
    }
}
