package io.metachat.matching.search;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.domain.SearchId;
import io.metachat.domain.axon.keyed.KeyedAnswers;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.search.EndSearch;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.domain.search.RepeatSearch;
import io.metachat.domain.search.StartSearch;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateMember;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A person's searches, of which at most one runs. A search that has ended never starts again. */
@Aggregate(commandTargetResolver = "domainCommandTargetResolver")
public final class MatchSearch {

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable SearchId running;

    /** The searches that were started and ended, by the sequence numbers of the events. */
    private final Map<Long, SearchId> searches = new LinkedHashMap<>();

    @AggregateMember
    private final KeyedAnswers answers = new KeyedAnswers();

    /** A person who has not searched yet. */
    MatchSearch() {}

    @CommandHandlerInterceptor
    @Nullable
    Object answer(CommandMessage<?> command, InterceptorChain chain) throws Exception {
        return answers.answer(command, chain, searches::get);
    }

    /** @return the search that runs now: starting the same search again changes nothing, also after it has ended */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    SearchId handle(StartSearch command, Clock clock) {
        Optional<Long> started = startOf(command.searchId());
        if (started.isPresent()) {
            answers.answeredFrom(started.get());
        } else if (running != null) {
            throw new DomainException(DomainError.SEARCH_ALREADY_RUNNING);
        } else {
            apply(new MatchSearchStarted(command.userId(), command.searchId(), clock.instant()));
        }
        return command.searchId();
    }

    /**
     * Runs only for an unknown key: {@link KeyedAnswers} answers a known one with its search.
     *
     * @return {@code null}
     */
    @CommandHandler
    @Nullable
    SearchId handle(RepeatSearch command) {
        return null;
    }

    /**
     * @return the search that was ended, or {@code null} when the given one has ended already
     * @throws DomainException {@link DomainError#SEARCH_NOT_FOUND} when the command names no search and none runs
     */
    @CommandHandler
    @Nullable
    SearchId handle(EndSearch command, Clock clock) {
        SearchId ending = running;
        if (command.searchId() == null && ending == null) {
            throw new DomainException(DomainError.SEARCH_NOT_FOUND);
        }
        if (ending == null || command.searchId() != null && !command.searchId().equals(ending)) {
            return null;
        }
        apply(new MatchSearchEnded(command.userId(), ending, command.outcome(), command.matchId(), clock.instant()));
        return ending;
    }

    private Optional<Long> startOf(SearchId searchId) {
        return searches.entrySet().stream()
                .filter(search -> search.getValue().equals(searchId))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @EventSourcingHandler
    void on(MatchSearchStarted event, @SequenceNumber long sequence) {
        stream = event.userId().searchOwner().stream();
        running = event.searchId();
        searches.put(sequence, event.searchId());
    }

    @EventSourcingHandler
    void on(MatchSearchEnded event, @SequenceNumber long sequence) {
        running = null;
        searches.put(sequence, event.searchId());
    }
}
