package io.metachat.projections.match;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.Limits;
import io.metachat.domain.match.ListMatches;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.projections.message.Times;
import io.metachat.projections.page.Cursor;
import io.metachat.projections.page.Cursors;
import io.metachat.projections.page.KeySlice;
import io.metachat.projections.page.ListName;
import io.metachat.projections.page.Pages;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.TableReader;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchPage;
import io.metachat.proto.v1.Search;
import java.util.List;
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
                KeySlice.of(reader, MatchTables.BY_TIME, "proposed_at", "match_id", user.value()),
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
        return reader.one(MatchTables.SEARCHES, "SELECT * FROM %s WHERE user_id = ?", user.value())
                .filter(row -> !row.isNull("search_id"))
                .map(row -> search(user, row));
    }

    private Search search(UserId user, Row row) {
        UUID id = row.getUuid("search_id");
        Search.Builder search = Search.newBuilder()
                .setSearchId(String.valueOf(id))
                .setState(row.getString("state"))
                .setStartedAt(Times.timestamp(row.getInstant("started_at")));
        if (!row.isNull("ended_at")) {
            search.setEndedAt(Times.timestamp(row.getInstant("ended_at")));
        }
        List<Cursor> tried = KeySlice.of(reader, MatchTables.TRIED, "proposed_at", "match_id", user.value())
                .and("search_id", id)
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
                        MatchTables.MATCHES, "SELECT * FROM %s WHERE user_id = ? AND match_id = ?", user.value(), match)
                .thenApply(row -> row.filter(MatchMessages::isProposed).map(MatchMessages::match));
    }
}
