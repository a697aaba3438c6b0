package io.metachat.axon.cassandra;

import org.axonframework.common.AxonTransientException;

/**
 * Cassandra is not available: there is no connection yet, no node is up, or too few replicas responded in time. The same
 * call can succeed later. A write that failed in this way may have been applied.
 */
public class CassandraUnavailableException extends AxonTransientException {

    public CassandraUnavailableException(String message) {
        super(message);
    }

    public CassandraUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
