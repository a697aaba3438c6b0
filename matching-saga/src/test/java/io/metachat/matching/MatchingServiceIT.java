package io.metachat.matching;

import static io.metachat.matching.People.ADA;
import static io.metachat.matching.People.BEN;
import static io.metachat.matching.People.CLEO;
import static io.metachat.matching.People.JOYFUL;
import static io.metachat.matching.People.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.EntryId;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.mood.Topic;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.domain.user.MatchingPreferences;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.domain.user.event.UserRegistered;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.kafka.EmbeddedKafkaExtension;
import io.metachat.proto.v1.Candidate;
import io.metachat.proto.v1.Candidates;
import io.metachat.proto.v1.FindCandidatesRequest;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchRequest;
import io.metachat.proto.v1.MatchState;
import io.metachat.proto.v1.MatchingGrpc;
import io.metachat.proto.v1.MatchingGrpc.MatchingBlockingStub;
import io.metachat.proto.v1.ProposeMatchRequest;
import io.metachat.proto.v1.StartSearchRequest;
import io.metachat.service.error.ProblemException;
import io.metachat.service.grpc.GrpcCall;
import io.metachat.service.grpc.GrpcClients;
import io.metachat.service.grpc.GrpcServer;
import io.metachat.service.security.AccessTokens;
import io.metachat.service.security.Caller;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with the real stores: people in, matches out. */
class MatchingServiceIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final String SAGAS = "/operations/sagas";
    private static final String PARKED = SAGAS + "/matching-saga.MatchingSaga/dead-letters";
    private static final Set<String> OPERATOR = Set.of(Caller.OPERATOR);
    private static final Map<String, Long> sequences = new HashMap<>();

    private static EmbeddedEventStoreDb store;
    private static ConfigurableApplicationContext service;
    private static MatchingBlockingStub matching;

    @BeforeAll
    static void start() {
        store = EmbeddedEventStoreDb.startTemporary();
        service = new SpringApplicationBuilder(MatchingServiceApplication.class)
                .properties(MatchingServiceApplication.CONFIG)
                .run(
                        "--SERVER_PORT=0",
                        "--GRPC_PORT=0",
                        "--EVENTSTORE_URL=" + store.connectionString(),
                        "--CASSANDRA_HOSTS=127.0.0.1:"
                                + CASSANDRA.contactPoint().getPort(),
                        "--KAFKA_BROKERS=" + KAFKA.bootstrapServers(),
                        "--DIGEST_KEYS=test:a-secret-that-only-this-test-knows-1234567890",
                        "--JWT_SECRET=a-secret-that-only-this-test-knows-1234567890",
                        "--metachat.matching.answer-within=5s");
        int port = service.getBean(GrpcServer.class).port();
        matching = MatchingGrpc.newBlockingStub(
                service.getBean(GrpcClients.class).channel("matching-service", "127.0.0.1:" + port));
        for (UserId user : List.of(ADA, BEN, CLEO)) {
            joins(user);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> candidates(ADA).getItemsCount() >= 2);
    }

    @AfterAll
    static void stop() {
        service.close();
        store.close();
    }

    @Test
    void shouldEstablishADirectRequestThatIsAccepted() {
        Match proposed = as(
                ADA,
                () -> matching.proposeMatch(ProposeMatchRequest.newBuilder()
                        .setUserId(BEN.toString())
                        .build()));
        assertThat(proposed.getState()).isEqualTo(MatchState.MATCH_STATE_PROPOSED);
        assertThat(proposed.getAcceptedByList()).containsExactly(ADA.toString());
        assertThat(proposed.getCommonTopicsList()).containsExactly("work");

        MatchRequest match =
                MatchRequest.newBuilder().setMatchId(proposed.getMatchId()).build();
        assertThatThrownBy(() -> as(CLEO, () -> matching.acceptMatch(match)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("match-not-found"));

        Match established = as(BEN, () -> matching.acceptMatch(match));
        assertThat(established.getState()).isEqualTo(MatchState.MATCH_STATE_ESTABLISHED);
    }

    @Test
    void shouldSearchUntilNobodyIsLeftAndLetUnansweredProposalsRunOut() {
        String searchId = as(CLEO, () -> matching.startSearch(StartSearchRequest.getDefaultInstance()))
                .getSearchId();

        EventStore events = service.getBean(EventStore.class);
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(events.readEvents(CLEO.searchOwner().stream())
                                .asStream()
                                .map(event -> event.getPayload()))
                        .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(MatchSearchEnded.class, ended -> {
                            assertThat(ended.searchId().toString()).isEqualTo(searchId);
                            assertThat(ended.outcome()).isEqualTo(MatchSearchEnded.Outcome.EXHAUSTED);
                        })));
    }

    /** Two proposals are two streams, taken back because of one event. */
    @Test
    void shouldTakeBackEveryOpenProposalOfWhoOptsOut() {
        List<UserId> people = List.of(People.user(11), People.user(12), People.user(13));
        people.forEach(MatchingServiceIT::joins);
        UserId leaving = people.get(0);
        List<String> others =
                people.subList(1, 3).stream().map(UserId::toString).toList();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(candidates(leaving).getItemsList())
                        .extracting(Candidate::getUserId)
                        .containsAll(others));
        List<String> matches = people.subList(1, 3).stream()
                .map(other -> as(
                                leaving,
                                () -> matching.proposeMatch(ProposeMatchRequest.newBuilder()
                                        .setUserId(other.toString())
                                        .build()))
                        .getMatchId())
                .toList();

        happened(
                leaving.stream(),
                new MatchingPreferencesChanged(leaving, MatchingPreferences.OPTED_OUT, Instant.now()));

        EventStore events = service.getBean(EventStore.class);
        for (String match : matches) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(events.readEvents("match-" + match)
                                    .asStream()
                                    .map(event -> event.getPayload()))
                            .anySatisfy(event -> assertThat(event)
                                    .isInstanceOfSatisfying(
                                            MatchCancelled.class,
                                            cancelled -> assertThat(cancelled.reason())
                                                    .isEqualTo(MatchCancelled.Reason.OPTED_OUT))));
        }
    }

    @Test
    void shouldHoldAKeyToOneRequestOfOnePerson() {
        List<UserId> people = List.of(People.user(21), People.user(22), People.user(23));
        people.forEach(MatchingServiceIT::joins);
        UserId asker = people.get(0);
        UserId asked = people.get(1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(candidates(asker).getItemsList())
                        .extracting(Candidate::getUserId)
                        .contains(asked.toString(), people.get(2).toString()));

        Match proposed = keyed(asker, "1", () -> propose(asked));
        assertThat(keyed(asker, "1", () -> propose(asked)).getMatchId()).isEqualTo(proposed.getMatchId());
        assertThatThrownBy(() -> keyed(asker, "1", () -> propose(people.get(2))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("idempotency-key-reused"));

        // The other one counts from 1 as well, and asks for the same thing in the same words.
        MatchRequest match =
                MatchRequest.newBuilder().setMatchId(proposed.getMatchId()).build();
        Match established = keyed(asked, "1", () -> matching.acceptMatch(match));
        assertThat(established.getState()).isEqualTo(MatchState.MATCH_STATE_ESTABLISHED);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(() -> as(asker, () -> propose(asked)))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                refused -> assertThat(refused.problem().code()).isEqualTo("already-matched")));
        assertThat(keyed(asker, "1", () -> propose(asked)).getMatchId()).isEqualTo(proposed.getMatchId());
    }

    @Test
    void shouldRefuseWhoIsForgotten() {
        UserId leaving = People.user(31);
        joins(leaving);
        await().atMost(Duration.ofSeconds(30)).until(() -> candidates(leaving).getItemsCount() > 0);

        happened(leaving.stream(), new UserForgotten(leaving, Instant.now()));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(() -> candidates(leaving))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                refused -> assertThat(refused.problem().code()).isEqualTo("token-revoked")));
    }

    private static Match propose(UserId other) {
        return matching.proposeMatch(
                ProposeMatchRequest.newBuilder().setUserId(other.toString()).build());
    }

    /** The search was begun in somebody else's stream, so that the saga cannot end it. */
    @Test
    void shouldParkASearchThatFailsAndGoOnWithOthers() {
        UserId searcher = People.user(91);
        SearchId search = new SearchId(UUID.randomUUID());
        happened(People.user(92).searchOwner().stream(), new MatchSearchStarted(searcher, search, Instant.now()));
        JsonNode parked = awaitParked(1);
        assertThat(parked.at("/letters/0/type").asString()).isEqualTo("MatchSearchStarted");
        assertThat(parked.at("/letters/0/cause").asString()).isEqualTo("AggregateNotFoundException");
        assertThat(operate("GET", SAGAS, Set.of()).statusCode()).isEqualTo(403);

        UserId other = People.user(93);
        happened(
                other.searchOwner().stream(),
                new MatchSearchStarted(other, new SearchId(UUID.randomUUID()), Instant.now()));
        awaitSearchEnded(other);

        happened(searcher.searchOwner().stream(), new MatchSearchStarted(searcher, search, Instant.now()));
        String saga = PARKED + "/" + awaitParked(2).at("/sequence").asString();
        assertThat(operate("DELETE", saga + "/" + UUID.randomUUID(), OPERATOR).statusCode())
                .isEqualTo(404);
        assertThat(operate("POST", saga + "/retry", OPERATOR).body()).contains("true");
        awaitSearchEnded(searcher);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> operate("GET", PARKED, OPERATOR).body().equals("[]"));
        assertThat(operate("GET", SAGAS, OPERATOR).body()).contains("matching-saga.MatchingSaga");
    }

    private static JsonNode awaitParked(int letters) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> JsonMapper.shared()
                                .readTree(operate("GET", PARKED, OPERATOR).body())
                                .path(0),
                        saga -> saga.path("letters").size() == letters);
    }

    private static HttpResponse<String> operate(String method, String path, Set<String> roles) {
        String token = service.getBean(AccessTokens.class)
                .issue(UUID.randomUUID(), roles, "test")
                .value();
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port") + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private static void awaitSearchEnded(UserId searcher) {
        EventStore events = service.getBean(EventStore.class);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(events.readEvents(searcher.searchOwner().stream())
                                .asStream()
                                .map(event -> event.getPayload()))
                        .hasAtLeastOneElementOfType(MatchSearchEnded.class));
    }

    private static Candidates candidates(UserId user) {
        return as(
                user,
                () -> matching.findCandidates(
                        FindCandidatesRequest.newBuilder().setLimit(10).build()));
    }

    private static <T> T as(UserId user, Supplier<T> call) {
        return call(user).invoke(call).value();
    }

    private static <T> T keyed(UserId user, String key, Supplier<T> call) {
        return call(user).idempotencyKey(key).invoke(call).value();
    }

    private static GrpcCall call(UserId user) {
        String token = service.getBean(AccessTokens.class)
                .issue(user.value(), Set.of(), "test")
                .value();
        return GrpcCall.withToken(token).deadline(Duration.ofSeconds(20));
    }

    private static void joins(UserId user) {
        String name = "user" + user.value().getLeastSignificantBits();
        Instant now = Instant.now();
        Profile profile = new Profile(name, null, null, LocalDate.of(1990, 1, 1), null, null);
        happened(user.stream(), new UserRegistered(user, name, name + "@example.org", "hash", profile, now));
        happened(user.stream(), new MatchingPreferencesChanged(user, new MatchingPreferences(true, null, null), now));
        happened(
                user.diary().stream(),
                new EntryWritten(
                        user, new EntryId(UUID.randomUUID()), 1, "A day", "It was a day.", List.of(), null, now, 4));
        happened(
                user.diary().stream(),
                new MoodProfileShifted(user, profile(JOYFUL, 0.6, new Topic("work", 0.5)), 1, now));
    }

    private static void happened(String stream, DomainEvent event) {
        long sequence = sequences.merge(stream, 0L, (before, zero) -> before + 1);
        service.getBean(EventStore.class)
                .publish(new GenericDomainEventMessage<>(stream.split("-")[0], stream, sequence, event));
    }
}
