package io.metachat.projections.processing;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.type.codec.CodecNotFoundException;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.projections.table.DriverFailures;

/** Distinguishes transient failures of writes from permanent ones. */
final class Failures {

    private Failures() {}

    /** Returns the exception of a batch for its failed write. When in doubt the failure is transient: waiting loses nothing. */
    static RuntimeException of(WriteBatch.FailedWrite failed) {
        Throwable cause = DriverFailures.reason(failed.cause());
        if (cause instanceof CassandraUnavailableException unavailable) {
            return unavailable;
        }
        return isPermanent(cause)
                ? new RefusedWriteException(failed.position(), failed.table(), cause)
                : new CassandraUnavailableException("Cassandra did not take a write to " + failed.table(), cause);
    }

    private static boolean isPermanent(Throwable cause) {
        if (cause instanceof DriverException) {
            return cause instanceof QueryValidationException || cause instanceof FrameTooLongException;
        }
        // The values do not fit the statement: wrong types, too many, too large.
        return cause instanceof CodecNotFoundException
                || cause instanceof IllegalArgumentException
                || cause instanceof ArithmeticException
                || cause instanceof ClassCastException;
    }
}
