package io.metachat.embedded.eventstoredb.internal.commit;

/** The write was not made, and may succeed later. */
public final class WriteRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WriteRefusedException(String reason) {
        super(reason);
    }
}
