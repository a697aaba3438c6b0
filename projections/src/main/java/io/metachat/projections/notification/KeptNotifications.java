package io.metachat.projections.notification;

import static io.metachat.projections.notification.NotificationTables.NOTIFICATIONS;
import static org.springframework.data.cassandra.core.query.Criteria.where;
import static org.springframework.data.cassandra.core.query.Query.query;

import io.metachat.domain.UserId;
import io.metachat.projections.notification.NotificationTables.NotificationRow;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.TableReader;
import io.metachat.proto.v1.Notification;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What is in the table of notifications. */
@Component
public class KeptNotifications {

    private final TableReader reader;
    private final MinimumPosition positions;

    KeptNotifications(TableReader reader, MinimumPosition positions) {
        this.reader = reader;
        this.positions = positions;
    }

    /** Whether the table has everything up to the position: before that, a later row may be there without an earlier. */
    boolean isComplete(long position) {
        return positions.hasReached(NotificationProjection.NAME, position);
    }

    /** The person's notifications after a position and up to another, oldest first. */
    List<Notification> read(UserId user, long after, long upTo, int limit) {
        return reader
                .page(
                        NOTIFICATIONS,
                        query(
                                        where(NotificationRow::userId).is(user.value()),
                                        where(NotificationRow::position).gt(after),
                                        where(NotificationRow::position).lte(upTo))
                                .limit(limit))
                .stream()
                .map(KeptNotifications::notification)
                .toList();
    }

    /** Everything that the table still has, oldest first; read as the caller consumes. */
    public Iterable<Notification> all(UserId user) {
        Stream<Notification> all = reader.scan(
                        NOTIFICATIONS, query(where(NotificationRow::userId).is(user.value())))
                .map(KeptNotifications::notification);
        return all::iterator;
    }

    private static Notification notification(NotificationRow row) {
        return NotificationTail.notification(row.position(), row.type(), row.data());
    }
}
