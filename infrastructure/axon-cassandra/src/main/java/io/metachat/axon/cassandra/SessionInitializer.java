package io.metachat.axon.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;

/**
 * Prepares a new session before {@link CassandraConnection} hands it out: creates or checks a schema, for example.
 * Beans of this type run in their order, on the connecting thread, each time a session is opened; one that throws makes
 * the attempt fail, and the connection tries again later. An initializer must therefore be repeatable, and safe when
 * several processes run it at once.
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
