package io.metachat.user.login;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.domain.LoginId;
import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The read model of signing in: who is behind a name, the hash of their password, and which logins they have. Every
 * write says {@code USING TIMESTAMP} the position of its event, deletions too, so that redelivered and replayed events
 * converge. Thread-safe.
 */
class Credentials {

    private final CassandraConnection connection;
    private final String keyspace;

    Credentials(CassandraConnection connection, String keyspace) {
        this.connection = connection;
        this.keyspace = keyspace;
    }

    /** Somebody who can sign in. */
    record Known(UserId userId, String passwordHash) {

        @Override
        public String toString() {
            return "Known[userId=" + userId + "]";
        }
    }

    Optional<Known> find(ReservationId name) {
        Row row = one("SELECT user_id FROM %s.user_by_name WHERE name = ?", name.stream());
        return row == null || row.isNull("user_id") ? Optional.empty() : find(new UserId(row.getUuid("user_id")));
    }

    Optional<Known> find(UserId userId) {
        Row row = one("SELECT hash FROM %s.password_by_user WHERE user_id = ?", userId.value());
        String hash = row == null ? null : row.getString("hash");
        return hash == null ? Optional.empty() : Optional.of(new Known(userId, hash));
    }

    /** The logins whose last event stands before a position. */
    List<LoginId> loginsBefore(UserId userId, long position) {
        return execute(
                        "SELECT login_id, WRITETIME(started) AS position FROM %s.login_by_user WHERE user_id = ?",
                        userId.value())
                .all()
                .stream()
                .filter(row -> row.getLong("position") < position)
                .map(row -> new LoginId(row.getUuid("login_id")))
                .toList();
    }

    void putName(ReservationId name, UserId userId, long position) {
        execute(
                "INSERT INTO %s.user_by_name (name, user_id) VALUES (?, ?) USING TIMESTAMP ?",
                name.stream(), userId.value(), position);
    }

    void removeName(ReservationId name, long position) {
        execute("DELETE FROM %s.user_by_name USING TIMESTAMP ? WHERE name = ?", position, name.stream());
    }

    void putPassword(UserId userId, String hash, long position) {
        execute(
                "INSERT INTO %s.password_by_user (user_id, hash) VALUES (?, ?) USING TIMESTAMP ?",
                userId.value(), hash, position);
    }

    void removePassword(UserId userId, long position) {
        execute("DELETE FROM %s.password_by_user USING TIMESTAMP ? WHERE user_id = ?", position, userId.value());
    }

    /** The row goes by itself when the login runs out. */
    void putLogin(UserId userId, LoginId loginId, Duration remaining, long position) {
        execute(
                "INSERT INTO %s.login_by_user (user_id, login_id, started) VALUES (?, ?, true)"
                        + " USING TIMESTAMP ? AND TTL ?",
                userId.value(), loginId.value(), position, Math.toIntExact(Math.max(1, remaining.toSeconds())));
    }

    void removeLogin(UserId userId, LoginId loginId, long position) {
        execute(
                "DELETE FROM %s.login_by_user USING TIMESTAMP ? WHERE user_id = ? AND login_id = ?",
                position, userId.value(), loginId.value());
    }

    private @Nullable Row one(String statement, Object... values) {
        return execute(statement, values).one();
    }

    private ResultSet execute(String statement, Object... values) {
        CqlSession session = connection.session();
        return session.execute(session.prepare(SimpleStatement.builder(statement.formatted(keyspace))
                        .setIdempotence(true)
                        .build())
                .bind(values));
    }
}
