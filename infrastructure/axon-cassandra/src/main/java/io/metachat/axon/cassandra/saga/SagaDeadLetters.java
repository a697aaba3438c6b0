package io.metachat.axon.cassandra.saga;

import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;

/**
 * The parked events of one type of saga, for the operators of an application.
 *
 * @param name {@code <processing group>.<simple name of the type>}
 * @param sagaType the type of the sagas
 * @param sequences the parked events; a sequence is one saga, named by the saga's identifier: its first event is the one that
 *     the saga failed on. When the event that was to start a saga is discarded, the saga never exists: the events behind it
 *     have no effect when they are retried
 */
public record SagaDeadLetters(String name, Class<?> sagaType, DeadLetterSequences sequences) {}
