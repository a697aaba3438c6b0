package io.metachat.projections.match;

import static io.metachat.projections.match.MatchTables.BY_TIME;
import static io.metachat.projections.match.MatchTables.MATCHES;
import static io.metachat.projections.match.MatchTables.SEARCHES;
import static io.metachat.projections.match.MatchTables.TRIED;
import static io.metachat.projections.table.Cell.set;

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
import io.metachat.projections.match.MatchTables.ByTime;
import io.metachat.projections.match.MatchTables.MatchRow;
import io.metachat.projections.match.MatchTables.SearchRow;
import io.metachat.projections.match.MatchTables.TriedRow;
import io.metachat.projections.table.Cell;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Writes;
import io.metachat.proto.v1.MatchState;
import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps matches, at both people, and searches. */
@Configuration(proxyBeanMethods = false)
public class MatchProjection {

    public static final String NAME = "matches";

    static final String RUNNING = "running";

    @Bean
    public static Projection matches() {
        return Projection.named(NAME)
                .revision(1)
                .tables(MATCHES, BY_TIME, SEARCHES, TRIED)
                .on(MatchProposed.class, MatchProjection::proposed)
                .on(MatchAccepted.class, MatchProjection::accepted)
                .on(MatchEstablished.class, (e, writes) -> state(e, MatchState.MATCH_STATE_ESTABLISHED, writes))
                .on(MatchDeclined.class, (e, writes) -> state(e, MatchState.MATCH_STATE_DECLINED, writes))
                .on(MatchCancelled.class, (e, writes) -> state(e, MatchState.MATCH_STATE_CANCELLED, writes))
                .on(MatchExpired.class, (e, writes) -> state(e, MatchState.MATCH_STATE_EXPIRED, writes))
                .on(MatchSearchStarted.class, MatchProjection::searchStarted)
                .on(MatchSearchEnded.class, MatchProjection::searchEnded)
                .build();
    }

    private static void proposed(MatchProposed event, Writes writes) {
        MatchScore score = event.score();
        for (UserId user : both(event)) {
            writes.upsert(MATCHES.row(
                    user,
                    set(MatchRow::matchId).to(event.matchId().value()),
                    set(MatchRow::state).to(MatchState.MATCH_STATE_PROPOSED.name()),
                    set(MatchRow::proposedBy).to(event.proposedBy().value()),
                    set(MatchRow::firstId).to(event.users().first().value()),
                    set(MatchRow::secondId).to(event.users().second().value()),
                    set(MatchRow::score).to(score.score()),
                    set(MatchRow::moodPart).to(score.mood()),
                    set(MatchRow::topicsPart).to(score.topics()),
                    set(MatchRow::stabilityPart).to(score.stability()),
                    set(MatchRow::freshnessPart).to(score.freshness()),
                    set(MatchRow::commonTopics).to(score.commonTopics()),
                    set(MatchRow::proposedAt).to(event.proposedAt()),
                    set(MatchRow::expiresAt).to(event.expiresAt())));
            writes.upsert(BY_TIME.row(
                    user,
                    set(ByTime::proposedAt).to(event.proposedAt()),
                    set(ByTime::matchId).to(event.matchId().value())));
        }
        if (event.searchId() != null) {
            writes.upsert(TRIED.row(
                    event.proposedBy(),
                    set(TriedRow::searchId).to(event.searchId().value()),
                    set(TriedRow::proposedAt).to(event.proposedAt()),
                    set(TriedRow::matchId).to(event.matchId().value())));
        }
    }

    private static void accepted(MatchAccepted event, Writes writes) {
        Cell<MatchRow> accepted = event.acceptedBy().equals(event.users().first())
                ? set(MatchRow::firstAccepted).to(true)
                : set(MatchRow::secondAccepted).to(true);
        change(event, accepted, writes);
    }

    private static void state(MatchEvent event, MatchState state, Writes writes) {
        change(event, set(MatchRow::state).to(state.name()), writes);
    }

    private static void change(MatchEvent event, Cell<MatchRow> change, Writes writes) {
        for (UserId user : both(event)) {
            writes.upsert(
                    MATCHES.row(user, set(MatchRow::matchId).to(event.matchId().value()), change));
        }
    }

    private static void searchStarted(MatchSearchStarted event, Writes writes) {
        writes.upsert(SEARCHES.row(
                event.userId(),
                set(SearchRow::searchId).to(event.searchId().value()),
                set(SearchRow::state).to(RUNNING),
                set(SearchRow::startedAt).to(event.startedAt()),
                set(SearchRow::endedAt).to(null)));
    }

    private static void searchEnded(MatchSearchEnded event, Writes writes) {
        writes.upsert(SEARCHES.row(
                event.userId(),
                set(SearchRow::state).to(event.outcome().name().toLowerCase(Locale.ROOT)),
                set(SearchRow::endedAt).to(event.endedAt())));
    }

    private static List<UserId> both(MatchEvent event) {
        return List.of(event.users().first(), event.users().second());
    }
}
