package io.metachat.axon.eventstoredb.internal.append;

import io.metachat.axon.eventstoredb.internal.connection.CallFailedException;
import io.metachat.axon.eventstoredb.internal.connection.Failure;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;

/** Recognises an append that failed because the aggregate has these events already. */
public final class ConflictResolver implements PersistenceExceptionResolver {

    @Override
    public boolean isDuplicateKeyViolation(Exception exception) {
        return exception instanceof OutOfSequenceException
                || (exception instanceof CallFailedException call && call.failure() == Failure.WRONG_REVISION);
    }
}
