package io.metachat.axon.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.Optional;
import org.axonframework.common.Registration;

/**
 * The one connection of an application to Cassandra, opened in the background: the application starts while Cassandra
 * is absent, and is connected once Cassandra is there. After the first connect the driver itself reconnects to nodes
 * that went away.
 *
 * <p>All methods may be called from any thread.
 */
public interface CassandraConnection {

    /**
     * Returns the session, bound to no keyspace, with every {@link SessionInitializer} done. Never blocks.
     *
     * @return the session; callers must not close it
     * @throws CassandraUnavailableException while no session could be opened yet, or after the connection was closed
     */
    CqlSession session();

    /** Returns whether a session is open and at least one node of it is up. */
    boolean isConnected();

    /** Returns why the last attempt to connect failed; empty once connected. */
    Optional<String> lastFailure();

    /**
     * Registers an action to run each time Cassandra becomes usable: after the first connect, and whenever a node is up
     * again after all were down. When connected already, the action runs immediately on the calling thread, otherwise on the
     * connection's own thread, where it must not block for long.
     *
     * @param action the action; its exceptions are logged and not propagated
     * @return a handle that removes the action
     */
    Registration onConnected(Runnable action);
}
