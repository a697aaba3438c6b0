package io.metachat.axon.eventstoredb.autoconfigure;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** The address of the store. A bean of this type takes precedence over {@code axon.eventstoredb.connection-string}. */
public interface EventStoreDbConnectionDetails extends ConnectionDetails {

    /** Returns an {@code esdb://} or {@code esdb+discover://} connection string, credentials and TLS options included. */
    String getConnectionString();
}
