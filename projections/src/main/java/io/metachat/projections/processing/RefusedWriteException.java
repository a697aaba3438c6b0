package io.metachat.projections.processing;

/** Cassandra refused a write, and will refuse it again. */
final class RefusedWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long position;

    /** @param position of the event that the write followed from */
    RefusedWriteException(long position, String table, Throwable cause) {
        super("Cassandra refused a write to " + table + " of the event at " + position, cause);
        this.position = position;
    }

    long position() {
        return position;
    }
}
