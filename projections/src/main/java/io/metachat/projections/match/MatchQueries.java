package io.metachat.projections.match;

import static io.metachat.projections.match.MatchTables.BY_TIME;
import static io.metachat.projections.match.MatchTables.MATCHES;
import static io.metachat.projections.match.MatchTables.SEARCHES;
import static io.metachat.projections.match.MatchTables.TRIED;
import static org.springframework.data.cassandra.core.query.Criteria.where;
import static org.springframework.data.cassandra.core.query.Query.query;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.Limits;
import io.metachat.domain.match.ListMatches;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.projections.match.MatchTables.ByTime;
import io.metachat.projections.match.MatchTables.MatchRow;
import io.metachat.projections.match.MatchTables.SearchRow;
import io.metachat.projections.match.MatchTables.TriedRow;
import io.metachat.projections.page.Cursor;
import io.metachat.projections.page.Cursors;
import io.metachat.projections.page.KeySlice;
import io.metachat.projections.page.ListName;
import io.metachat.projections.page.Pages;
import io.metachat.projections.page.Times;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.TableReader;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchPage;
import io.metachat.proto.v1.Search;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Answers about a person's matches and search. */
@Component
public class MatchQueries {

    private static final long NO_MAXIMUM = Long.MAX_VALUE;

    private final TableReader reader;
    private final Cursors cursors;
    private final MinimumPosition position;

    MatchQueries(TableReader reader, Cursors cursors, MinimumPosition position) {
        this.reader = reader;
        this.cursors = cursors;
        this.position = position;
    }

    /** @throws DomainException when the person has no such match */
    public Match get(UserId user, MatchId match) {
        position.awaitAll(MatchProjection.NAME);
        return TableReader.await(load(user, match.value()))
                .orElseThrow(() -> new DomainException(DomainError.MATCH_NOT_FOUND));
    }

    /** @throws DomainException when the cursor is not one of this list */
    public MatchPage list(ListMatches query) {
        UserId user = query.userId();
        ListName name = ListName.of(user, "matches");
        Optional<Cursor> after = cursors.read(name, query.cursor());
        position.awaitAll(MatchProjection.NAME);
        Pages.Page<Match> page = Pages.read(
                KeySlice.of(reader, BY_TIME, user, ByTime::proposedAt, ByTime::matchId),
                after,
                query.limit(),
                places -> load(user, places),
                Match::getSerializedSize,
                NO_MAXIMUM);
        MatchPage.Builder answer = MatchPage.newBuilder().addAllItems(page.items());
        page.next().ifPresent(next -> answer.setNextCursor(cursors.write(name, next)));
        return answer.build();
    }

    /**
     * The search that runs, or the last one that did, with what it has proposed.
     *
     * @throws DomainException when the person has never searched
     */
    public Search search(UserId user) {
        position.awaitAll(MatchProjection.NAME);
        return findSearch(user).orElseThrow(() -> new DomainException(DomainError.SEARCH_NOT_FOUND));
    }

    /** As {@link #search}, without waiting and without an error. */
    public Optional<Search> findSearch(UserId user) {
        return reader.one(SEARCHES, query(where(SearchRow::userId).is(user.value())))
                .filter(row -> row.searchId() != null)
                .map(row -> search(user, row));
    }

    private Search search(UserId user, SearchRow row) {
        UUID id = Objects.requireNonNull(row.searchId());
        Search.Builder search = Search.newBuilder()
                .setSearchId(id.toString())
                .setState(row.state())
                .setStartedAt(Times.timestamp(Objects.requireNonNull(row.startedAt())));
        if (row.endedAt() != null) {
            search.setEndedAt(Times.timestamp(row.endedAt()));
        }
        List<Cursor> tried = KeySlice.of(reader, TRIED, user, TriedRow::proposedAt, TriedRow::matchId)
                .under(TRIED, TriedRow::searchId, id)
                .read(Optional.empty(), Limits.PAGE_MAX);
        load(user, tried).forEach(match -> match.ifPresent(search::addTried));
        return search.build();
    }

    private List<Optional<Match>> load(UserId user, List<Cursor> places) {
        List<CompletableFuture<Optional<Match>>> sent =
                places.stream().map(place -> load(user, place.id())).toList();
        return sent.stream().map(TableReader::await).toList();
    }

    private CompletableFuture<Optional<Match>> load(UserId user, UUID match) {
        return reader.send(
                        MATCHES,
                        query(
                                where(MatchRow::userId).is(user.value()),
                                where(MatchRow::matchId).is(match)))
                .thenApply(row -> row.filter(MatchMessages::isProposed).map(MatchMessages::match));
    }
}
