package io.metachat.user.login;

import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.axon.cassandra.SessionInitializer;
import java.util.List;

/** Creates the tables of the {@link Credentials} in a keyspace that exists. */
final class CredentialTables implements SessionInitializer {

    private static final List<String> TABLES = List.of(
            // Names by the digest that their reservation has: no e-mail address lies here.
            "CREATE TABLE IF NOT EXISTS %s.user_by_name (name text PRIMARY KEY, user_id uuid)",
            "CREATE TABLE IF NOT EXISTS %s.password_by_user (user_id uuid PRIMARY KEY, hash text)",
            "CREATE TABLE IF NOT EXISTS %s.login_by_user (user_id uuid, login_id uuid, started boolean,"
                    + " PRIMARY KEY (user_id, login_id))");

    private final String keyspace;

    CredentialTables(String keyspace) {
        this.keyspace = keyspace;
    }

    @Override
    public void initialize(CqlSession session) {
        TABLES.forEach(table -> session.execute(table.formatted(keyspace)));
    }
}
