package io.metachat.service.command;

import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemTranslator;
import java.time.Duration;
import java.util.Optional;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/** Translates exceptions of Axon and of the event store. */
final class AxonProblemTranslator implements ProblemTranslator {

    @Override
    public Optional<Problem> translate(Throwable thrown) {
        if (thrown instanceof ConcurrencyException) {
            return Optional.of(
                    Problem.of("concurrent-change", ProblemCategory.CONFLICT, "Others changed it at the same time."));
        }
        if (thrown instanceof AggregateStreamCreationException) {
            return Optional.of(Problem.of("already-exists", ProblemCategory.CONFLICT, "It exists already."));
        }
        if (thrown instanceof AggregateNotFoundException) {
            return Optional.of(Problem.notFound("not-found", "There is no such thing."));
        }
        if (thrown instanceof EventStoreException || thrown instanceof LockAcquisitionFailedException) {
            return Optional.of(Problem.unavailable(
                    "event-store-unavailable", "The event store is not available now.", Duration.ofSeconds(1)));
        }
        return Optional.empty();
    }
}
