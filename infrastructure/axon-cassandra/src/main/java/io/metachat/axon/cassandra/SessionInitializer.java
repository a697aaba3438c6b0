package io.metachat.axon.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;

/**
 * Prepares a new session before {@link CassandraConnection} returns it, for example by creating or checking a schema.
 * Beans of this type run in their order, on the connecting thread, each time a session is opened. When one throws, the
 * attempt fails and the connection retries. An initializer must therefore be repeatable, and safe when several processes
 * run it at the same time.
 */
@FunctionalInterface
public interface SessionInitializer {

    /**
     * Prepares the session.
     *
     * @param session the open session, bound to no keyspace
     */
    void initialize(CqlSession session);
}
