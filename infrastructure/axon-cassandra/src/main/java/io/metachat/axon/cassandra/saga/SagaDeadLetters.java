package io.metachat.axon.cassandra.saga;

import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetter;
import java.util.List;

/**
 * The parked events of one type of saga, for those who run the application. A sequence is one saga: the first event is the
 * one that it failed on, the others follow it. Thread-safe, and the same from every node.
 */
public interface SagaDeadLetters {

    /** Returns the name, {@code <processing group>.<simple name of the type>}. */
    String name();

    /** Returns the type of the sagas. */
    Class<?> sagaType();

    /**
     * Returns the letters of at most so many sagas, in their order within each.
     *
     * @throws CassandraUnavailableException while Cassandra does not answer
     */
    List<List<CassandraDeadLetter>> list(int maximumSagas);

    /**
     * Lets a saga handle its parked events again, in their order, until it fails again.
     *
     * @param sagaIdentifier {@link CassandraDeadLetter#sequence()}
     * @return whether all were handled; false also when there are none, or another node is at it
     * @throws CassandraUnavailableException while Cassandra does not answer
     */
    boolean retry(String sagaIdentifier);

    /**
     * Gives one event up for good; what follows it stays parked until it is tried again. When it is the event that was to
     * start the saga, there will be none: what follows has nothing to do, and goes when it is tried.
     *
     * @param sagaIdentifier {@link CassandraDeadLetter#sequence()}
     * @param eventIdentifier the event's message identifier
     * @return whether it was there
     * @throws CassandraUnavailableException while Cassandra does not answer
     */
    boolean discard(String sagaIdentifier, String eventIdentifier);
}
