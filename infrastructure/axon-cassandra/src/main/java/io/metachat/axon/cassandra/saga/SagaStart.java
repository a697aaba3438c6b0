package io.metachat.axon.cassandra.saga;

/**
 * The start of a saga by an event.
 *
 * @param sagaId the saga
 * @param done whether the saga was started, or will never be; otherwise it is being started, or the event is parked
 */
record SagaStart(String sagaId, boolean done) {

    /** Returns the same, done. */
    public SagaStart ended() {
        return new SagaStart(sagaId, true);
    }
}
