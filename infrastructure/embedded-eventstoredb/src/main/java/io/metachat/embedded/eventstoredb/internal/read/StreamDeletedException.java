package io.metachat.embedded.eventstoredb.internal.read;

/** The stream that was to be read has a tombstone. */
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
