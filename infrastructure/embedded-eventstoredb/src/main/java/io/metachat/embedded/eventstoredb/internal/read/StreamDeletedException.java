package io.metachat.embedded.eventstoredb.internal.read;

/** The stream has a tombstone and cannot be read. */
public final class StreamDeletedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String stream;

    public StreamDeletedException(String stream) {
        super("a stream with a tombstone cannot be read");
        this.stream = stream;
    }

    public String stream() {
        return stream;
    }
}
