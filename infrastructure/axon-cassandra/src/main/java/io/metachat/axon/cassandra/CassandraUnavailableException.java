package io.metachat.axon.cassandra;

import org.axonframework.common.AxonTransientException;

/**
 * Cassandra cannot answer now: there is no connection yet, no node is up, or too few replicas answered in time. The
 * same call can succeed later; whether a write that failed so has happened is not known.
 */
public class CassandraUnavailableException extends AxonTransientException {

    public CassandraUnavailableException(String message) {
        super(message);
    }

    public CassandraUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
