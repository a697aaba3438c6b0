package io.metachat.projections.api;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.QueryExecutionException;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.projections.table.DriverFailures;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemTranslator;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Refuses queries while Cassandra does not respond; the caller may retry. An answer is never incomplete. */
@Component
class ReadModelProblems implements ProblemTranslator {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @Override
    public Optional<Problem> translate(Throwable thrown) {
        return isOutage(thrown)
                ? Optional.of(Problem.unavailable(
                        "read-model-unavailable", "The read model is not available now.", RETRY_AFTER))
                : Optional.empty();
    }

    private static boolean isOutage(Throwable failure) {
        Throwable thrown = DriverFailures.reason(failure);
        return thrown instanceof CassandraUnavailableException
                || thrown instanceof AllNodesFailedException
                || thrown instanceof DriverTimeoutException
                || thrown instanceof QueryExecutionException;
    }
}
