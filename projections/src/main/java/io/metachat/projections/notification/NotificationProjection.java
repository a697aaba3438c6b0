package io.metachat.projections.notification;

import static io.metachat.projections.notification.NotificationTables.NOTIFICATIONS;
import static io.metachat.projections.table.Cell.set;

import io.metachat.domain.DomainEvent;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.notification.NotificationTables.NotificationRow;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Writes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps notifications for people who were not connected when they happened. */
@Configuration(proxyBeanMethods = false)
public class NotificationProjection {

    public static final String NAME = "notifications";

    @Bean
    public static Projection notifications(ProjectionProperties properties, Clock clock) {
        Projection.Builder projection = Projection.named(NAME).revision(1).tables(NOTIFICATIONS);
        NotificationMapping.TYPES.forEach(type -> projection.on(
                type, (event, writes) -> keep(event, properties.notificationRetention(), clock.instant(), writes)));
        return projection.build();
    }

    /** A row's time to live counts from the event: a rebuild keeps nothing longer, and omits what has expired. */
    private static void keep(DomainEvent event, Duration retention, Instant now, Writes writes) {
        Duration left = retention.minus(Duration.between(writes.time(), now));
        if (left.toSeconds() < 1) {
            return;
        }
        for (PersonalNotification notification : NotificationMapping.of(event)) {
            writes.upsert(
                    NOTIFICATIONS.row(
                            notification.to(),
                            set(NotificationRow::position).to(writes.position()),
                            set(NotificationRow::type).to(notification.type()),
                            set(NotificationRow::data).to(notification.data())),
                    left);
        }
    }
}
