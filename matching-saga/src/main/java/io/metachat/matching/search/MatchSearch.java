package io.metachat.matching.search;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.domain.IdempotencyLedger;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.search.EndSearch;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.domain.search.StartSearch;
import java.time.Clock;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A person's searches, of which at most one runs. */
@Aggregate(commandTargetResolver = "domainCommandTargetResolver")
public class MatchSearch {

    @AggregateIdentifier
    private String stream;

    private UserId userId;
    private @Nullable SearchId running;
    private final IdempotencyLedger answered = new IdempotencyLedger();

    /** For the event store, which brings it back from its events. */
    @SuppressWarnings("NullAway.Init")
    protected MatchSearch() {}

    /** @return the search that runs now: starting the same search again changes nothing */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    SearchId start(StartSearch command, MetaData request, Clock clock) {
        Optional<SearchId> earlier = earlier(request);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        if (running == null) {
            apply(new MatchSearchStarted(command.userId(), command.searchId(), clock.instant()));
        } else if (!running.equals(command.searchId())) {
            throw new DomainException(DomainError.SEARCH_ALREADY_RUNNING);
        }
        return command.searchId();
    }

    /**
     * @return the search that was ended, or {@code null} when the one that was meant is over already
     * @throws DomainException {@link DomainError#SEARCH_NOT_FOUND} when whichever runs was meant and none does
     */
    @CommandHandler
    @Nullable
    SearchId end(EndSearch command, MetaData request, Clock clock) {
        Optional<SearchId> earlier = earlier(request);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        SearchId ending = running;
        if (command.searchId() == null && ending == null) {
            throw new DomainException(DomainError.SEARCH_NOT_FOUND);
        }
        if (ending == null || command.searchId() != null && !command.searchId().equals(ending)) {
            return null;
        }
        apply(new MatchSearchEnded(userId, ending, command.outcome(), command.matchId(), clock.instant()));
        return ending;
    }

    private Optional<SearchId> earlier(MetaData request) {
        return request.get(IdempotencyLedger.KEY) instanceof String key
                        && request.get(IdempotencyLedger.FINGERPRINT) instanceof String fingerprint
                ? answered.earlier(key, fingerprint).map(answer -> SearchId.parse(answer.outcome()))
                : Optional.empty();
    }

    private void remember(MetaData request, SearchId searchId) {
        if (request.get(IdempotencyLedger.KEY) instanceof String key
                && request.get(IdempotencyLedger.FINGERPRINT) instanceof String fingerprint) {
            answered.record(key, fingerprint, searchId.toString());
        }
    }

    @EventSourcingHandler
    void on(MatchSearchStarted event, MetaData request) {
        stream = event.userId().searchOwner().stream();
        userId = event.userId();
        running = event.searchId();
        remember(request, event.searchId());
    }

    @EventSourcingHandler
    void on(MatchSearchEnded event, MetaData request) {
        running = null;
        remember(request, event.searchId());
    }
}
