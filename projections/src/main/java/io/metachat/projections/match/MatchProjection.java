package io.metachat.projections.match;

import io.metachat.domain.UserId;
import io.metachat.domain.candidate.MatchScore;
import io.metachat.domain.match.event.MatchAccepted;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchEvent;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.projections.table.EventHandlers;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.Writes;
import io.metachat.proto.v1.MatchState;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Keeps matches, at both people, and searches. */
@Component
public final class MatchProjection implements Projection {

    public static final String NAME = "matches";

    static final String RUNNING = "running";

    private static final TableWrite PROPOSAL = MatchTables.MATCHES.upsert(
            "user_id",
            "match_id",
            "state",
            "proposed_by",
            "first_id",
            "second_id",
            "score",
            "mood_part",
            "topics_part",
            "stability_part",
            "freshness_part",
            "common_topics",
            "proposed_at",
            "expires_at");
    private static final TableWrite FILE = MatchTables.BY_TIME.upsert("user_id", "proposed_at", "match_id");
    private static final TableWrite STATE = MatchTables.MATCHES.upsert("user_id", "match_id", "state");
    private static final TableWrite FIRST_ACCEPTED =
            MatchTables.MATCHES.upsert("user_id", "match_id", "first_accepted");
    private static final TableWrite SECOND_ACCEPTED =
            MatchTables.MATCHES.upsert("user_id", "match_id", "second_accepted");
    private static final TableWrite SEARCH_START =
            MatchTables.SEARCHES.upsert("user_id", "search_id", "state", "started_at", "ended_at");
    private static final TableWrite SEARCH_END = MatchTables.SEARCHES.upsert("user_id", "state", "ended_at");
    private static final TableWrite TRIED = MatchTables.TRIED.upsert("user_id", "search_id", "proposed_at", "match_id");

    private final EventHandlers handlers = EventHandlers.builder()
            .on(MatchProposed.class, MatchProjection::proposed)
            .on(MatchAccepted.class, MatchProjection::accepted)
            .on(MatchEstablished.class, (e, writes) -> state(e, MatchState.MATCH_STATE_ESTABLISHED, writes))
            .on(MatchDeclined.class, (e, writes) -> state(e, MatchState.MATCH_STATE_DECLINED, writes))
            .on(MatchCancelled.class, (e, writes) -> state(e, MatchState.MATCH_STATE_CANCELLED, writes))
            .on(MatchExpired.class, (e, writes) -> state(e, MatchState.MATCH_STATE_EXPIRED, writes))
            .on(MatchSearchStarted.class, MatchProjection::searchStarted)
            .on(MatchSearchEnded.class, MatchProjection::searchEnded)
            .build();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int revision() {
        return 1;
    }

    @Override
    public List<Table> tables() {
        return List.of(MatchTables.MATCHES, MatchTables.BY_TIME, MatchTables.SEARCHES, MatchTables.TRIED);
    }

    @Override
    public EventHandlers handlers() {
        return handlers;
    }

    private static void proposed(MatchProposed event, Writes writes) {
        MatchScore score = event.score();
        for (UserId user : both(event)) {
            writes.apply(
                    PROPOSAL,
                    user.value(),
                    event.matchId().value(),
                    MatchState.MATCH_STATE_PROPOSED.name(),
                    event.proposedBy().value(),
                    event.users().first().value(),
                    event.users().second().value(),
                    score.score(),
                    score.mood(),
                    score.topics(),
                    score.stability(),
                    score.freshness(),
                    score.commonTopics(),
                    event.proposedAt(),
                    event.expiresAt());
            writes.apply(FILE, user.value(), event.proposedAt(), event.matchId().value());
        }
        if (event.searchId() != null) {
            writes.apply(
                    TRIED,
                    event.proposedBy().value(),
                    event.searchId().value(),
                    event.proposedAt(),
                    event.matchId().value());
        }
    }

    private static void accepted(MatchAccepted event, Writes writes) {
        TableWrite side = event.acceptedBy().equals(event.users().first()) ? FIRST_ACCEPTED : SECOND_ACCEPTED;
        for (UserId user : both(event)) {
            writes.apply(side, user.value(), event.matchId().value(), true);
        }
    }

    private static void state(MatchEvent event, MatchState state, Writes writes) {
        for (UserId user : both(event)) {
            writes.apply(STATE, user.value(), event.matchId().value(), state.name());
        }
    }

    private static void searchStarted(MatchSearchStarted event, Writes writes) {
        writes.apply(SEARCH_START, event.userId().value(), event.searchId().value(), RUNNING, event.startedAt(), null);
    }

    private static void searchEnded(MatchSearchEnded event, Writes writes) {
        writes.apply(
                SEARCH_END, event.userId().value(), event.outcome().name().toLowerCase(Locale.ROOT), event.endedAt());
    }

    private static List<UserId> both(MatchEvent event) {
        return List.of(event.users().first(), event.users().second());
    }
}
