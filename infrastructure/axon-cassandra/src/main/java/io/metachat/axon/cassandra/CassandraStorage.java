package io.metachat.axon.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import java.util.regex.Pattern;

/**
 * The keyspace of the stores, and the consistency of their statements.
 *
 * @param connection the connection they share
 * @param keyspace the keyspace of their tables: letters, digits and underscores, lower case
 * @param consistency of reads, of writes, and of the commit of a lightweight transaction
 * @param serialConsistency of the agreement within a lightweight transaction
 * @param observer receives each round trip
 */
public record CassandraStorage(
        CassandraConnection connection,
        String keyspace,
        ConsistencyLevel consistency,
        ConsistencyLevel serialConsistency,
        StatementObserver observer) {

    /** The names of keyspaces that CQL accepts without quotes and without changing their case. */
    public static final String KEYSPACE_PATTERN = "[a-z][a-z0-9_]{0,47}";

    public CassandraStorage {
        if (!Pattern.matches(KEYSPACE_PATTERN, keyspace)) {
            throw new IllegalArgumentException(
                    "[%s] is no keyspace's name: it must match %s".formatted(keyspace, KEYSPACE_PATTERN));
        }
        if (consistency.isSerial()) {
            throw new IllegalArgumentException("[%s] is a serial consistency level".formatted(consistency.name()));
        }
        if (!serialConsistency.isSerial()) {
            throw new IllegalArgumentException(
                    "[%s] is not a serial consistency level".formatted(serialConsistency.name()));
        }
    }

    /** Storage at LOCAL_QUORUM and LOCAL_SERIAL, unobserved. */
    public CassandraStorage(CassandraConnection connection, String keyspace) {
        this(
                connection,
                keyspace,
                DefaultConsistencyLevel.LOCAL_QUORUM,
                DefaultConsistencyLevel.LOCAL_SERIAL,
                StatementObserver.NONE);
    }
}
