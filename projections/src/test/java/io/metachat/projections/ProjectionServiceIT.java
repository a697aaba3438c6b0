package io.metachat.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metachat.domain.EntryId;
import io.metachat.domain.MatchId;
import io.metachat.domain.SearchId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserPair;
import io.metachat.domain.candidate.MatchScore;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.diary.event.SessionEnded;
import io.metachat.domain.diary.event.SessionStarted;
import io.metachat.domain.match.event.MatchAccepted;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.Topic;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.domain.user.Archetype;
import io.metachat.domain.user.MatchingPreferences;
import io.metachat.domain.user.event.ArchetypeAssigned;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.EntryPage;
import io.metachat.proto.v1.ExportChunk;
import io.metachat.proto.v1.ExportRequest;
import io.metachat.proto.v1.GetEntryRequest;
import io.metachat.proto.v1.GetMatchRequest;
import io.metachat.proto.v1.GetMatchingPreferencesRequest;
import io.metachat.proto.v1.GetPortraitRequest;
import io.metachat.proto.v1.GetProgressRequest;
import io.metachat.proto.v1.GetSearchRequest;
import io.metachat.proto.v1.GetSessionRequest;
import io.metachat.proto.v1.GetStatisticsRequest;
import io.metachat.proto.v1.GetTimelineRequest;
import io.metachat.proto.v1.GetUserRequest;
import io.metachat.proto.v1.ListEntriesRequest;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchPage;
import io.metachat.proto.v1.MatchState;
import io.metachat.proto.v1.Mood;
import io.metachat.proto.v1.MoodStatus;
import io.metachat.proto.v1.PageRequest;
import io.metachat.proto.v1.Portrait;
import io.metachat.proto.v1.QueriesGrpc.QueriesBlockingStub;
import io.metachat.proto.v1.Search;
import io.metachat.proto.v1.Session;
import io.metachat.proto.v1.SessionPage;
import io.metachat.proto.v1.Statistics;
import io.metachat.proto.v1.Timeline;
import io.metachat.proto.v1.User;
import io.metachat.service.error.Problem;
import io.metachat.service.error.Problems;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events into the event store, answers out of the gRPC service: nothing between is replaced. */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class ProjectionServiceIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private static final long UNREACHED = 1L << 50;

    private static RunningService service;

    private final Diarist ada = Diarist.named("ada");
    private final Diarist bob = Diarist.named("bob");

    @BeforeAll
    static void start(EmbeddedEventStoreDb eventStore) {
        service = RunningService.start(
                        eventStore.connectionString(),
                        "127.0.0.1:" + CASSANDRA.server().port(),
                        CASSANDRA.keyspace())
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
        // Many tables at once are more than the small server of all test classes can hold.
        CASSANDRA.server().execute("DROP KEYSPACE " + CASSANDRA.keyspace());
    }

    @Test
    void shouldShowAnEntryAsSoonAsItIsWritten() {
        EntryWritten written = ada.wrote(Diarist.entry(), NOON, "work", "home");
        long position = service.append(ada.id().diary(), written);

        Entry entry = service.as(ada.id(), position).getEntry(request(written.entryId()));

        assertThat(entry.getContent().getTitle()).isEqualTo("Title");
        assertThat(entry.getContent().getText()).isEqualTo("Some text of three sentences.");
        assertThat(entry.getContent().getTagsList()).containsExactly("work", "home");
        assertThat(entry.getContent().getRevision()).isEqualTo(1);
        assertThat(entry.getContent().getWordCount()).isEqualTo(5);
        assertThat(entry.getContent().hasEditedAt()).isFalse();
        assertThat(entry.getContent().getWrittenAt()).isEqualTo(timestamp(NOON));
        assertThat(entry.getMood().getStatus()).isEqualTo(MoodStatus.MOOD_STATUS_PENDING);
    }

    @Test
    void shouldShowTheMoodOfTheCurrentRevisionOnly() {
        EntryWritten written = ada.wrote(Diarist.entry(), NOON);
        long analysed = service.append(ada.id().diary(), written, ada.analysed(written, 1, 0.8, 0.6));

        Mood mood = service.as(ada.id(), analysed).getEntryMood(request(written.entryId()));

        assertThat(mood.getStatus()).isEqualTo(MoodStatus.MOOD_STATUS_ANALYSED);
        assertThat(mood.getDominant()).isEqualTo("joy");
        assertThat(mood.getEmotions().getJoy()).isEqualTo(0.8);
        assertThat(mood.getValence()).isEqualTo(0.6);
        assertThat(mood.getTopicsList()).extracting(topic -> topic.getName()).containsExactly("work", "music");
        assertThat(mood.getEvidence(0).getEnd()).isEqualTo(9);

        long edited = service.append(ada.id().diary(), ada.edited(written, 2, List.of()));
        Mood stale = service.as(ada.id(), edited).getEntryMood(request(written.entryId()));

        assertThat(stale.getStatus()).isEqualTo(MoodStatus.MOOD_STATUS_PENDING);
        assertThat(stale.getEntryRevision()).isEqualTo(2);
        assertThat(stale.hasDominant()).isFalse();
    }

    @Test
    void shouldListEntriesNewestFirstPageByPage() {
        List<EntryId> newestFirst = new ArrayList<>();
        long position = 0;
        for (int day = 0; day < 7; day++) {
            EntryWritten written = ada.wrote(Diarist.entry(), NOON.plus(day * 40L, ChronoUnit.DAYS));
            newestFirst.add(0, written.entryId());
            position = service.append(ada.id().diary(), written);
        }

        List<String> listed = new ArrayList<>();
        ListEntriesRequest.Builder request = ListEntriesRequest.newBuilder().setLimit(3);
        int pages = 0;
        EntryPage page;
        do {
            page = service.as(ada.id(), position).listEntries(request.build());
            page.getItemsList().forEach(entry -> listed.add(entry.getContent().getEntryId()));
            request.setCursor(page.getNextCursor());
            pages++;
        } while (page.hasNextCursor());

        assertThat(pages).isEqualTo(3);
        assertThat(listed).isEqualTo(newestFirst.stream().map(EntryId::toString).toList());
    }

    @Test
    void shouldListByTagBySessionAndByTime() {
        SessionId session = new SessionId(UUID.randomUUID());
        EntryWritten first = ada.wrote(Diarist.entry(), NOON, session, "work");
        EntryWritten second = ada.wrote(Diarist.entry(), NOON.plusSeconds(10), "work", "home");
        EntryWritten third = ada.wrote(Diarist.entry(), NOON.plusSeconds(20), session, "home");
        long position = service.append(ada.id().diary(), first, second, third, ada.edited(second, 2, List.of("home")));
        QueriesBlockingStub client = service.as(ada.id(), position);

        assertThat(ids(client.listEntries(
                        ListEntriesRequest.newBuilder().setTag("home").build())))
                .containsExactly(third.entryId().toString(), second.entryId().toString());
        assertThat(ids(client.listEntries(
                        ListEntriesRequest.newBuilder().setTag("work").build())))
                .containsExactly(first.entryId().toString());
        assertThat(ids(client.listEntries(ListEntriesRequest.newBuilder()
                        .setSessionId(session.toString())
                        .build())))
                .containsExactly(third.entryId().toString(), first.entryId().toString());
        assertThat(ids(client.listEntries(ListEntriesRequest.newBuilder()
                        .setFrom(timestamp(NOON))
                        .setTo(timestamp(NOON.plusSeconds(20)))
                        .build())))
                .containsExactly(second.entryId().toString(), first.entryId().toString());
        EntryPage head = client.listEntries(ListEntriesRequest.newBuilder()
                .setFrom(timestamp(NOON))
                .setLimit(1)
                .build());
        assertThat(ids(client.listEntries(ListEntriesRequest.newBuilder()
                        .setFrom(timestamp(NOON))
                        .setCursor(head.getNextCursor())
                        .build())))
                .containsExactly(second.entryId().toString(), first.entryId().toString());
    }

    @Test
    void shouldTakeADeletedEntryOutOfEveryListAndFillThePage() {
        EntryWritten first = ada.wrote(Diarist.entry(), NOON, "work");
        EntryWritten second = ada.wrote(Diarist.entry(), NOON.plusSeconds(1), "work");
        EntryWritten third = ada.wrote(Diarist.entry(), NOON.plusSeconds(2), "work");
        long position = service.append(ada.id().diary(), first, second, third, ada.deleted(second));
        QueriesBlockingStub client = service.as(ada.id(), position);

        assertNotFound(() -> client.getEntry(request(second.entryId())), "entry-not-found");
        assertThat(ids(client.listEntries(
                        ListEntriesRequest.newBuilder().setLimit(2).build())))
                .containsExactly(third.entryId().toString(), first.entryId().toString());
        assertThat(ids(client.listEntries(
                        ListEntriesRequest.newBuilder().setTag("work").build())))
                .containsExactly(third.entryId().toString(), first.entryId().toString());
    }

    @Test
    void shouldRefuseACursorThatItDidNotMakeForThisList() {
        EntryWritten first = ada.wrote(Diarist.entry(), NOON, "work");
        long position =
                service.append(ada.id().diary(), first, ada.wrote(Diarist.entry(), NOON.plusSeconds(1), "work"));
        String cursor = service.as(ada.id(), position)
                .listEntries(ListEntriesRequest.newBuilder().setLimit(1).build())
                .getNextCursor();

        for (String wrong : List.of("", "x", "AAAA", cursor.substring(1), cursor + "A", flipped(cursor))) {
            assertCursorRefused(() -> service.as(ada.id(), 0)
                    .listEntries(
                            ListEntriesRequest.newBuilder().setCursor(wrong).build()));
        }
        assertCursorRefused(() -> service.as(ada.id(), 0)
                .listEntries(ListEntriesRequest.newBuilder()
                        .setTag("work")
                        .setCursor(cursor)
                        .build()));
        assertCursorRefused(() -> service.as(bob.id(), 0)
                .listEntries(ListEntriesRequest.newBuilder().setCursor(cursor).build()));
        assertCursorRefused(() -> service.as(ada.id(), 0)
                .listSessions(PageRequest.newBuilder().setCursor(cursor).build()));
    }

    @Test
    void shouldShowNobodyElsesDiary() {
        SessionId session = new SessionId(UUID.randomUUID());
        EntryWritten written = ada.wrote(Diarist.entry(), NOON, "work");
        long position = service.append(
                ada.id().diary(),
                new SessionStarted(ada.id(), session, "private", NOON),
                written,
                ada.analysed(written, 1, 0.9, 0.5));
        service.as(ada.id(), position).getEntry(request(written.entryId()));
        QueriesBlockingStub stranger = service.as(bob.id(), 0);

        assertNotFound(() -> stranger.getEntry(request(written.entryId())), "entry-not-found");
        assertNotFound(() -> stranger.getEntryMood(request(written.entryId())), "entry-not-found");
        assertNotFound(
                () -> stranger.getSession(GetSessionRequest.newBuilder()
                        .setSessionId(session.toString())
                        .build()),
                "session-not-found");
        assertThat(stranger.listEntries(
                                ListEntriesRequest.newBuilder().setTag("work").build())
                        .getItemsList())
                .isEmpty();
        assertThat(stranger.getTimeline(timeline("month", "2026-01-01", "2026-12-31"))
                        .getPointsList())
                .isEmpty();
    }

    @Test
    void shouldShowSessionsWithTheirNumberOfEntries() {
        SessionId morning = new SessionId(UUID.randomUUID());
        SessionId evening = new SessionId(UUID.randomUUID());
        long position = service.append(
                ada.id().diary(),
                new SessionStarted(ada.id(), morning, "morning", NOON),
                ada.wrote(Diarist.entry(), NOON.plusSeconds(1), morning),
                ada.wrote(Diarist.entry(), NOON.plusSeconds(2), morning),
                new SessionEnded(ada.id(), morning, NOON.plusSeconds(3)),
                new SessionStarted(ada.id(), evening, null, NOON.plusSeconds(4)));
        QueriesBlockingStub client = service.as(ada.id(), position);

        Session session = client.getSession(
                GetSessionRequest.newBuilder().setSessionId(morning.toString()).build());
        assertThat(session.getTitle()).isEqualTo("morning");
        assertThat(session.getEntries()).isEqualTo(2);
        assertThat(session.getEndedAt()).isEqualTo(timestamp(NOON.plusSeconds(3)));

        SessionPage page =
                client.listSessions(PageRequest.newBuilder().setLimit(1).build());
        assertThat(page.getItemsList()).extracting(Session::getSessionId).containsExactly(evening.toString());
        assertThat(page.getItems(0).hasEndedAt()).isFalse();
        page = client.listSessions(PageRequest.newBuilder()
                .setLimit(1)
                .setCursor(page.getNextCursor())
                .build());
        assertThat(page.getItemsList()).containsExactly(session);
        assertThat(page.hasNextCursor()).isFalse();
    }

    @Test
    void shouldFoldATimeline() {
        EntryWritten monday = ada.wrote(Diarist.entry(), Instant.parse("2026-03-02T08:00:00Z"));
        EntryWritten tuesday = ada.wrote(Diarist.entry(), Instant.parse("2026-03-03T08:00:00Z"));
        EntryWritten nextWeek = ada.wrote(Diarist.entry(), Instant.parse("2026-03-09T08:00:00Z"));
        EntryWritten pending = ada.wrote(Diarist.entry(), Instant.parse("2026-03-10T08:00:00Z"));
        long position = service.append(
                ada.id().diary(),
                monday,
                tuesday,
                nextWeek,
                pending,
                ada.analysed(monday, 1, 0.4, 0.2),
                ada.analysed(tuesday, 1, 0.8, 0.6),
                ada.analysed(nextWeek, 1, 0.1, -0.6));

        Timeline weeks = service.as(ada.id(), position).getTimeline(timeline("week", "2026-03-04", "2026-03-10"));

        assertThat(weeks.getGranularity()).isEqualTo("week");
        assertThat(weeks.getPointsList()).hasSize(2);
        assertThat(weeks.getPoints(0).getFrom()).isEqualTo(timestamp(Instant.parse("2026-03-02T00:00:00Z")));
        assertThat(weeks.getPoints(0).getTo()).isEqualTo(timestamp(Instant.parse("2026-03-09T00:00:00Z")));
        assertThat(weeks.getPoints(0).getEntries()).isEqualTo(2);
        assertThat(weeks.getPoints(0).getEmotions().getJoy()).isEqualTo(0.6, within(1e-9));
        assertThat(weeks.getPoints(0).getDominant()).isEqualTo("joy");
        assertThat(weeks.getPoints(0).getVolatility()).isEqualTo(0.4, within(1e-9));
        assertThat(weeks.getPoints(0).getTrend()).isZero();
        assertThat(weeks.getPoints(1).getDominant()).isEqualTo("fear");
        assertThat(weeks.getPoints(1).getTrend()).isEqualTo(-1.0, within(1e-9));
        assertThat(weeks.getPoints(1).getEntries()).isEqualTo(1);
    }

    @Test
    void shouldRefuseATimelineThatIsNone() {
        for (GetTimelineRequest wrong : List.of(
                timeline("year", "2026-01-01", "2026-01-02"),
                timeline("day", "yesterday", "2026-01-02"),
                timeline("day", "2026-01-03", "2026-01-02"),
                timeline("day", "2001-01-03", "2026-01-02"))) {
            assertThat(problem(() -> service.as(ada.id(), 0).getTimeline(wrong)).code())
                    .isEqualTo("validation-failed");
        }
    }

    @Test
    void shouldShowThePortraitOnceThereIsOne() {
        assertThat(service.as(ada.id(), 0)
                        .getPortrait(GetPortraitRequest.getDefaultInstance())
                        .hasUpdatedAt())
                .isFalse();
        EntryWritten written = ada.wrote(Diarist.entry(), NOON);
        MoodProfile profile = new MoodProfile(
                new Emotions(0, 0.7, 0, 0, 0, 0, 0, 0), 0.4, 0.3, 0.9, List.of(new Topic("music", 1)), 1, NOON);
        long position = service.append(
                ada.id().diary(),
                written,
                ada.analysed(written, 1, 0.9, 0.5),
                new MoodProfileShifted(ada.id(), profile, 0.7, NOON));

        Portrait portrait = service.as(ada.id(), position).getPortrait(GetPortraitRequest.getDefaultInstance());

        assertThat(portrait.getDominant()).isEqualTo("trust");
        assertThat(portrait.getStability()).isEqualTo(0.9);
        assertThat(portrait.getEntriesAnalysed()).isEqualTo(1);
        assertThat(portrait.getTopics(0).getName()).isEqualTo("music");
        assertThat(portrait.getUpdatedAt()).isEqualTo(timestamp(NOON));

        MoodProfile nothing = new MoodProfile(new Emotions(0, 0, 0, 0, 0, 0, 0, 0), 0, 0, 0, List.of(), 0, NOON);
        long gone = service.append(
                ada.id().diary(), ada.deleted(written), new MoodProfileShifted(ada.id(), nothing, 0.7, NOON));
        assertThat(service.as(ada.id(), gone)
                        .getPortrait(GetPortraitRequest.getDefaultInstance())
                        .hasUpdatedAt())
                .as("a portrait of no analysed entry")
                .isFalse();
    }

    @Test
    void shouldCountWhatSomebodyHasWritten() {
        Instant today = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        EntryWritten old = ada.wrote(Diarist.entry(), today.minus(400, ChronoUnit.DAYS));
        EntryWritten yesterday = ada.wrote(Diarist.entry(), today.minus(1, ChronoUnit.DAYS));
        EntryWritten now = ada.wrote(Diarist.entry(), today);
        service.append(ada.id(), ada.registered());
        long position = service.append(
                ada.id().diary(),
                old,
                yesterday,
                now,
                new SessionStarted(ada.id(), new SessionId(UUID.randomUUID()), null, today),
                ada.analysed(now, 1, 0.5, 0.5));
        QueriesBlockingStub client = service.as(ada.id(), position);

        Statistics statistics = client.getStatistics(GetStatisticsRequest.getDefaultInstance());
        assertThat(statistics.getEntries()).isEqualTo(3);
        assertThat(statistics.getWords()).isEqualTo(15);
        assertThat(statistics.getSessions()).isEqualTo(1);
        assertThat(statistics.getCurrentStreakDays()).isEqualTo(2);
        assertThat(statistics.getLongestStreakDays()).isEqualTo(2);
        assertThat(statistics.getEntriesAnalysed()).isEqualTo(1);
        assertThat(statistics.getTopTopics(0).getName()).isEqualTo("work");
        assertThat(statistics.getFirstEntryAt()).isEqualTo(timestamp(old.writtenAt()));
        assertThat(statistics.getLastEntryAt()).isEqualTo(timestamp(now.writtenAt()));

        var progress = client.getProgress(GetProgressRequest.getDefaultInstance());
        assertThat(progress.getProfileComplete()).isEqualTo(5 / 8.0);
        assertThat(progress.getEntriesWritten()).isEqualTo(3);
        assertThat(progress.getEntriesUntilPortrait()).isEqualTo(1);
    }

    @Test
    void shouldShowAllOfOneselfAndThePublicPartOfOthers() {
        service.append(ada.id(), ada.registered());
        long position = service.append(
                ada.id(),
                new ArchetypeAssigned(ada.id(), Archetype.EXPLORER, NOON),
                new MatchingPreferencesChanged(ada.id(), new MatchingPreferences(true, 20, null), NOON));
        GetUserRequest request =
                GetUserRequest.newBuilder().setUserId(ada.id().toString()).build();

        User own = service.as(ada.id(), position).getUser(request);
        assertThat(own.getOwn()).isTrue();
        assertThat(own.getEmail()).isEqualTo("ada@example.org");
        assertThat(own.getDateOfBirth()).isEqualTo("1990-05-17");
        assertThat(own.getArchetype()).isEqualTo("explorer");

        User seen = service.as(bob.id(), position).getUser(request);
        assertThat(seen.getOwn()).isFalse();
        assertThat(seen.getUsername()).isEqualTo("ada");
        assertThat(seen.getDisplayName()).isEqualTo("The ada");
        assertThat(seen.hasEmail() || seen.hasFirstName() || seen.hasLastName() || seen.hasDateOfBirth())
                .isFalse();

        var preferences = service.as(ada.id(), position)
                .getMatchingPreferences(GetMatchingPreferencesRequest.getDefaultInstance());
        assertThat(preferences.getEnabled()).isTrue();
        assertThat(preferences.getMinAge()).isEqualTo(20);
        assertThat(preferences.hasMaxAge()).isFalse();
    }

    @Test
    void shouldShowAMatchToItsTwoPeopleAndNobodyElse() {
        MatchId match = new MatchId(UUID.randomUUID());
        UserPair pair = new UserPair(ada.id(), bob.id());
        MatchScore score = new MatchScore(0.8, 0.9, 0.7, 0.6, 0.5, List.of("music", "work"));
        long proposed = service.append(
                match,
                new MatchProposed(match, pair, ada.id(), 1, score, null, NOON, NOON.plusSeconds(3600)),
                new MatchAccepted(match, pair, ada.id(), NOON));
        GetMatchRequest request =
                GetMatchRequest.newBuilder().setMatchId(match.toString()).build();

        Match open = service.as(bob.id(), proposed).getMatch(request);
        assertThat(open.getState()).isEqualTo(MatchState.MATCH_STATE_PROPOSED);
        assertThat(open.getProposedBy()).isEqualTo(ada.id().toString());
        assertThat(open.getUsersList())
                .containsExactly(pair.first().toString(), pair.second().toString());
        assertThat(open.getAcceptedByList()).containsExactly(ada.id().toString());
        assertThat(open.getParts().getMood()).isEqualTo(0.9);
        assertThat(open.getCommonTopicsList()).containsExactly("music", "work");

        long established = service.append(
                match, new MatchAccepted(match, pair, bob.id(), NOON), new MatchEstablished(match, pair, NOON));
        for (Diarist person : List.of(ada, bob)) {
            MatchPage page = service.as(person.id(), established).listMatches(PageRequest.getDefaultInstance());
            assertThat(page.getItemsList()).hasSize(1);
            assertThat(page.getItems(0).getState()).isEqualTo(MatchState.MATCH_STATE_ESTABLISHED);
            assertThat(page.getItems(0).getAcceptedByList()).hasSize(2);
        }
        assertNotFound(() -> service.as(Diarist.named("eve").id(), 0).getMatch(request), "match-not-found");
    }

    @Test
    void shouldShowASearchWithWhatItHasTried() {
        SearchId search = new SearchId(UUID.randomUUID());
        MatchId match = new MatchId(UUID.randomUUID());
        UserPair pair = new UserPair(ada.id(), bob.id());
        MatchScore score = new MatchScore(0.8, 0.9, 0.7, 0.6, 0.5, List.of());
        assertNotFound(
                () -> service.as(ada.id(), 0).getSearch(GetSearchRequest.getDefaultInstance()), "search-not-found");
        service.append(ada.id().searchOwner(), new MatchSearchStarted(ada.id(), search, NOON));
        long tried = service.append(
                match,
                new MatchProposed(match, pair, ada.id(), 1, score, search, NOON, NOON.plusSeconds(3600)),
                new MatchDeclined(match, pair, bob.id(), NOON));

        Search running = service.as(ada.id(), tried).getSearch(GetSearchRequest.getDefaultInstance());
        assertThat(running.getState()).isEqualTo("running");
        assertThat(running.getTriedList()).hasSize(1);
        assertThat(running.getTried(0).getState()).isEqualTo(MatchState.MATCH_STATE_DECLINED);

        long ended = service.append(
                ada.id().searchOwner(),
                new MatchSearchEnded(ada.id(), search, MatchSearchEnded.Outcome.EXHAUSTED, null, NOON));
        Search over = service.as(ada.id(), ended).getSearch(GetSearchRequest.getDefaultInstance());
        assertThat(over.getState()).isEqualTo("exhausted");
        assertThat(over.getEndedAt()).isEqualTo(timestamp(NOON));
        assertNotFound(
                () -> service.as(bob.id(), ended).getSearch(GetSearchRequest.getDefaultInstance()), "search-not-found");
    }

    @Test
    void shouldSayNotYetForAPositionThatIsNotReached() {
        Problem problem =
                problem(() -> service.as(ada.id(), UNREACHED).listEntries(ListEntriesRequest.getDefaultInstance()));

        assertThat(problem.code()).isEqualTo("not-yet");
        assertThat(problem.retryAfter()).isPositive();
    }

    @Test
    void shouldExportEverythingAndForgetIt() {
        EntryWritten written = ada.wrote(Diarist.entry(), NOON, "work");
        service.append(ada.id(), ada.registered());
        long position = service.append(ada.id().diary(), written, ada.analysed(written, 1, 0.8, 0.5));

        JsonNode export = export(service.as(ada.id(), position));
        assertThat(export.at("/user/email").asString()).isEqualTo("ada@example.org");
        assertThat(export.at("/entries/0/text").asString()).isEqualTo(written.text());
        assertThat(export.at("/entries/0/mood/dominant").asString()).isEqualTo("joy");

        long forgotten = service.append(ada.id(), new UserForgotten(ada.id(), NOON));
        long late = service.append(ada.id().diary(), ada.wrote(Diarist.entry(), NOON, "late"));
        QueriesBlockingStub client = service.as(ada.id(), Math.max(forgotten, late));
        assertNotFound(() -> client.getEntry(request(written.entryId())), "entry-not-found");
        assertThat(client.listEntries(ListEntriesRequest.getDefaultInstance()).getItemsList())
                .isEmpty();
        assertNotFound(
                () -> client.getUser(GetUserRequest.newBuilder()
                        .setUserId(ada.id().toString())
                        .build()),
                "user-not-found");
    }

    private static JsonNode export(QueriesBlockingStub client) {
        StringBuilder json = new StringBuilder();
        client.export(ExportRequest.getDefaultInstance())
                .forEachRemaining((ExportChunk chunk) -> json.append(chunk.getJson()));
        return JsonMapper.shared().readTree(json.toString());
    }

    private static GetEntryRequest request(EntryId entry) {
        return GetEntryRequest.newBuilder().setEntryId(entry.toString()).build();
    }

    private static GetTimelineRequest timeline(String granularity, String from, String to) {
        return GetTimelineRequest.newBuilder()
                .setGranularity(granularity)
                .setFrom(from)
                .setTo(to)
                .build();
    }

    private static List<String> ids(EntryPage page) {
        return page.getItemsList().stream()
                .map(entry -> entry.getContent().getEntryId())
                .toList();
    }

    private static String flipped(String cursor) {
        char first = cursor.charAt(5);
        return cursor.substring(0, 5) + (first == 'A' ? 'B' : 'A') + cursor.substring(6);
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static void assertCursorRefused(ThrowingCallable call) {
        Problem problem = problem(call);
        assertThat(problem.code()).isEqualTo("validation-failed");
        assertThat(problem.fieldErrors()).extracting(field -> field.field()).containsExactly("cursor");
    }

    private static void assertNotFound(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, failure -> {
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(Problems.from(failure).code()).isEqualTo(code);
        });
    }

    private static Problem problem(ThrowingCallable call) {
        Map<String, Problem> problems = new HashMap<>();
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class, failure -> problems.put("it", Problems.from(failure)));
        return problems.get("it");
    }
}
