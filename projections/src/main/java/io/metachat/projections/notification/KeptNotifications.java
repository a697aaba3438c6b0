package io.metachat.projections.notification;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.domain.UserId;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.TableReader;
import io.metachat.proto.v1.Notification;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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

    /** What the person was told after a position and up to another, oldest first. */
    List<Notification> read(UserId user, long after, long upTo, int limit) {
        return reader
                .page(
                        NotificationTables.NOTIFICATIONS,
                        limit,
                        "SELECT position, type, data FROM %s WHERE user_id = ? AND position > ? AND position <= ? LIMIT ?",
                        user.value(),
                        after,
                        upTo,
                        limit)
                .stream()
                .map(KeptNotifications::notification)
                .toList();
    }

    /** Everything that the table still has, oldest first; read as the caller goes on. */
    public Stream<Notification> all(UserId user) {
        Iterable<Row> rows = reader.scan(
                NotificationTables.NOTIFICATIONS,
                "SELECT position, type, data FROM %s WHERE user_id = ?",
                user.value());
        return StreamSupport.stream(rows.spliterator(), false).map(KeptNotifications::notification);
    }

    private static Notification notification(Row row) {
        return NotificationTail.notification(row.getLong("position"), row.getString("type"), row.getString("data"));
    }
}
