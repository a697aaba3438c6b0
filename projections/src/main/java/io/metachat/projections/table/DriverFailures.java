package io.metachat.projections.table;

import java.util.concurrent.CompletionException;
import org.springframework.dao.DataAccessException;

/** Unwraps failures of templates: what matters here is the driver's own reason. */
public final class DriverFailures {

    private DriverFailures() {}

    /** The driver's exception inside of Spring's, or the failure itself. */
    public static Throwable reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause != null && (failure instanceof CompletionException || failure instanceof DataAccessException)
                ? reason(cause)
                : failure;
    }
}
