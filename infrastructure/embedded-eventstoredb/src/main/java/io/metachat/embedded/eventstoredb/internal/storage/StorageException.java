package io.metachat.embedded.eventstoredb.internal.storage;

/** The medium failed: an I/O error, a full disk, a damaged or locked directory. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    public StorageException(String message) {
        super(message);
    }
}
