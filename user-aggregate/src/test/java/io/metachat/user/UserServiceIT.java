package io.metachat.user;

import static io.metachat.user.RunningUserService.refusal;
import static io.metachat.user.RunningUserService.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import io.metachat.domain.LoginId;
import io.metachat.domain.ReservationId;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.embedded.kafka.EmbeddedKafkaExtension;
import io.metachat.proto.v1.BlockUserRequest;
import io.metachat.proto.v1.ChangePasswordRequest;
import io.metachat.proto.v1.ForgetUserRequest;
import io.metachat.proto.v1.MatchingPreferences;
import io.metachat.proto.v1.RegisterRequest;
import io.metachat.proto.v1.Tokens;
import io.metachat.proto.v1.UpdateModalitiesRequest;
import io.metachat.proto.v1.UpdateProfileRequest;
import io.metachat.service.error.FieldError;
import io.metachat.service.error.ProblemException;
import io.metachat.service.grpc.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service with the real servers around it. */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class UserServiceIT {

    private static final String PASSWORD = "correct horse battery staple";

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static RunningUserService service;
    private static String eventStore;

    private final String name = "anna_" + UUID.randomUUID().toString().substring(0, 8);
    private EventStoreDBClient store;

    @BeforeAll
    static void start(EmbeddedEventStoreDb server) {
        eventStore = server.connectionString();
        service = RunningUserService.start(eventStore, CASSANDRA, KAFKA.bootstrapServers());
        service.awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void connect(EventStoreDBClient store) {
        this.store = store;
    }

    @Test
    void shouldRegisterSomebodyWhoCanThenSignInByEitherName() {
        Answer<Tokens> registered = service.register(form(name, PASSWORD));

        Tokens byName = service.login(name, PASSWORD, registered.position());
        Tokens byEmail = service.login(name.toUpperCase(Locale.ROOT) + "@Example.org", PASSWORD, registered.position());

        assertThat(byName.getUserId()).isEqualTo(registered.value().getUserId());
        assertThat(byEmail.getUserId()).isEqualTo(registered.value().getUserId());
        assertThat(types(user(byName).stream())).containsExactly("metachat.user.UserRegistered.v1");
        assertThat(types(ReservationId.username(name).stream()))
                .containsExactly("metachat.reservation.NameReserved.v1", "metachat.reservation.NameConfirmed.v1");
    }

    @Test
    void shouldKeepNeitherPasswordNorTokenInTheStore() {
        Tokens registered = service.register(form(name, PASSWORD)).value();
        String secret = registered
                .getRefreshToken()
                .substring(registered.getRefreshToken().indexOf('.') + 1);
        LoginId login = LoginId.parse(registered
                .getRefreshToken()
                .substring(0, registered.getRefreshToken().indexOf('.')));

        assertThat(contents(user(registered).stream()))
                .allSatisfy(content -> assertThat(content)
                        .contains("$argon2id$v=19$m=19456,t=2,p=1$")
                        .doesNotContain(PASSWORD));
        assertThat(contents(login.stream()))
                .hasSize(1)
                .allSatisfy(content -> assertThat(content).doesNotContain(secret));
    }

    @Test
    void shouldAnswerNobodyAndAWrongPasswordAlike() {
        Answer<Tokens> registered = service.register(form(name, PASSWORD));

        assertThat(refusal(() -> service.login(name, "not the password", registered.position())))
                .isEqualTo("bad-credentials");
        assertThat(refusal(() -> service.login("nobody_" + name, PASSWORD, registered.position())))
                .isEqualTo("bad-credentials");
    }

    @Test
    void shouldLetOneOfAHundredHaveTheName() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(20);
        try {
            List<Future<String>> attempts = IntStream.range(0, 100)
                    .mapToObj(i -> people.submit(() -> refusal(() -> service.register(form(name, PASSWORD).toBuilder()
                            .setEmail(name + i + "@example.org")
                            .build()))))
                    .toList();
            List<String> outcomes = new ArrayList<>();
            for (Future<String> attempt : attempts) {
                outcomes.add(attempt.get());
            }
            assertThat(outcomes).containsOnly("accepted", "username-taken").containsOnlyOnce("accepted");
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void shouldGiveAUsernameBackWhoseEmailAddressIsTaken() {
        service.register(form(name, PASSWORD));
        RegisterRequest other = form(name + "_2", PASSWORD).toBuilder()
                .setEmail(name + "@example.org")
                .build();

        assertThat(refusal(() -> service.register(other))).isEqualTo("email-taken");
        assertThat(refusal(() -> service.register(form(name + "_2", PASSWORD)))).isEqualTo("accepted");
    }

    @Test
    void shouldRegisterARepeatedRequestOnce() {
        Tokens first = service.register(form(name, PASSWORD), name).value();
        Tokens again = service.register(form(name, PASSWORD), name).value();

        assertThat(again.getUserId()).isEqualTo(first.getUserId());
        assertThat(again.getRefreshToken()).isNotEqualTo(first.getRefreshToken());
        assertThat(types(user(first).stream())).hasSize(1);
    }

    @Test
    void shouldRefuseAnotherRegistrationUnderTheSameKeyAndHoldNoNameForIt() {
        service.register(form(name, PASSWORD), name);

        assertThat(refusal(() -> service.register(form(name + "_2", PASSWORD), name)))
                .isEqualTo("idempotency-key-reused");
        assertThat(types(ReservationId.username(name + "_2").stream())).isEmpty();
        assertThat(refusal(() -> service.register(form(name + "_2", PASSWORD)))).isEqualTo("accepted");
    }

    @Test
    void shouldAnswerARepeatedRegistrationOnlyToTheCurrentPassword() {
        Tokens anna = service.register(form(name, PASSWORD), name).value();
        assertThat(refusal(() -> service.register(form(name, "another good password"), name)))
                .isEqualTo("bad-credentials");
        service.call(
                anna,
                stub -> stub.changePassword(ChangePasswordRequest.newBuilder()
                        .setCurrentPassword(PASSWORD)
                        .setNewPassword("a brand new password")
                        .build()));

        assertThat(refusal(() -> service.register(form(name, PASSWORD), name))).isEqualTo("bad-credentials");
        assertThat(service.register(form(name, "a brand new password"), name)
                        .value()
                        .getUserId())
                .isEqualTo(anna.getUserId());
    }

    @Test
    void shouldBringNobodyBackByARepeatedRegistration() {
        Tokens anna = service.register(form(name, PASSWORD), name).value();
        service.call(anna, stub -> stub.forgetUser(ForgetUserRequest.getDefaultInstance()));

        assertThat(refusal(() -> service.register(form(name, PASSWORD), name))).isEqualTo("user-not-found");
        Awaitility.await()
                .untilAsserted(() -> assertThat(types(ReservationId.username(name).stream()))
                        .last()
                        .asString()
                        .contains("NameReleased"));
        assertThat(refusal(() -> service.register(form(name, PASSWORD)))).isEqualTo("accepted");
    }

    @Test
    void shouldKeepNoIdempotencyKeyAndNoPlainDigestInTheStore() throws Exception {
        Tokens anna = service.register(form(name, PASSWORD), "key-of-" + name).value();

        String metadata = new String(
                store.readStream(user(anna).stream(), ReadStreamOptions.get())
                        .get()
                        .getEvents()
                        .get(0)
                        .getOriginalEvent()
                        .getUserMetadata(),
                StandardCharsets.UTF_8);
        assertThat(metadata)
                .contains("\"requestKey\":\"test.", "\"requestFingerprint\":\"test.")
                .doesNotContain("idempotency", "key-of-" + name);
    }

    @Test
    void shouldSayEverythingThatIsWrongWithARegistration() {
        RegisterRequest wrong = RegisterRequest.newBuilder()
                .setUsername("Anna!")
                .setEmail("nowhere")
                .setPassword("short")
                .setDateOfBirth("2020-01-01")
                .build();

        try {
            service.register(wrong);
            throw new AssertionError("accepted");
        } catch (ProblemException refused) {
            assertThat(refused.problem().code()).isEqualTo("validation-failed");
            assertThat(refused.problem().fieldErrors())
                    .extracting(FieldError::field)
                    .containsExactlyInAnyOrder("username", "email", "password", "dateOfBirth");
        }
        assertThat(refusal(() -> service.register(form(name, "Password123")))).isEqualTo("weak-password");
        assertThat(refusal(() -> service.register(form(name, PASSWORD).toBuilder()
                        .setDateOfBirth("yesterday")
                        .build())))
                .isEqualTo("validation-failed");
        assertThat(types(ReservationId.username(name).stream())).isEmpty();
    }

    @Test
    void shouldExchangeARefreshTokenOnceAndEndTheFamilyWhenItComesTwice() {
        Tokens first = service.register(form(name, PASSWORD)).value();
        Tokens second = service.refresh(first.getRefreshToken());

        assertThat(second.getUserId()).isEqualTo(first.getUserId());
        assertThat(refusal(() -> service.refresh(first.getRefreshToken()))).isEqualTo("refresh-token-invalid");
        assertThat(refusal(() -> service.refresh(second.getRefreshToken()))).isEqualTo("refresh-token-invalid");
    }

    @Test
    void shouldExchangeARefreshTokenAgainForTheSameCall() {
        Tokens first = service.register(form(name, PASSWORD)).value();
        Tokens second = service.refresh(first.getRefreshToken(), "key-1");

        assertThat(service.refresh(first.getRefreshToken(), "key-1").getRefreshToken())
                .isEqualTo(second.getRefreshToken());
        assertThat(refusal(() -> service.refresh(first.getRefreshToken(), "key-2")))
                .isEqualTo("refresh-token-invalid");
        assertThat(refusal(() -> service.refresh(second.getRefreshToken()))).isEqualTo("refresh-token-invalid");
    }

    @Test
    void shouldChangeAPasswordOnceThoughTheCallIsRepeated() {
        Tokens tokens = service.register(form(name, PASSWORD)).value();
        ChangePasswordRequest change = ChangePasswordRequest.newBuilder()
                .setCurrentPassword(PASSWORD)
                .setNewPassword("another fine password")
                .build();
        OptionalLong changed = service.call(tokens, "key-1", stub -> stub.changePassword(change))
                .position();
        service.login(name, "another fine password", changed);

        service.call(tokens, "key-1", stub -> stub.changePassword(change));

        assertThat(types(user(tokens).stream())).containsOnlyOnce("metachat.user.PasswordChanged.v1");
        assertThat(refusal(() -> service.call(
                        tokens,
                        "key-1",
                        stub -> stub.changePassword(ChangePasswordRequest.newBuilder()
                                .setCurrentPassword("another fine password")
                                .setNewPassword("a third fine password")
                                .build()))))
                .isEqualTo("idempotency-key-reused");
        assertThat(refusal(() -> service.call(tokens, stub -> stub.changePassword(change))))
                .isEqualTo("bad-credentials");
    }

    @Test
    void shouldEndALoginOnLogoutAndNothingByAnUnknownToken() {
        Tokens tokens = service.register(form(name, PASSWORD)).value();
        String forged = tokens.getRefreshToken().substring(0, 37) + "A".repeat(43);

        assertThat(refusal(() -> service.logout(forged))).isEqualTo("accepted");
        Tokens next = service.refresh(tokens.getRefreshToken());
        service.logout(next.getRefreshToken());

        assertThat(refusal(() -> service.refresh(next.getRefreshToken()))).isEqualTo("refresh-token-invalid");
        assertThat(refusal(() -> service.refresh("nonsense"))).isEqualTo("refresh-token-invalid");
    }

    @Test
    void shouldEndAllLoginsWithTheOldPassword() {
        Answer<Tokens> registered = service.register(form(name, PASSWORD));
        Tokens elsewhere = service.login(name, PASSWORD, registered.position());
        ChangePasswordRequest change = ChangePasswordRequest.newBuilder()
                .setCurrentPassword(PASSWORD)
                .setNewPassword("another fine password")
                .build();

        assertThat(refusal(() -> service.call(
                        elsewhere,
                        stub -> stub.changePassword(
                                change.toBuilder().setCurrentPassword("wrong").build()))))
                .isEqualTo("bad-credentials");
        OptionalLong changed =
                service.call(elsewhere, stub -> stub.changePassword(change)).position();

        assertThat(refusal(() -> service.login(name, PASSWORD, changed))).isEqualTo("bad-credentials");
        assertThat(service.login(name, "another fine password", changed).getUserId())
                .isEqualTo(elsewhere.getUserId());
        assertThat(refusal(() -> service.refresh(elsewhere.getRefreshToken()))).isEqualTo("refresh-token-invalid");
        assertThat(refusal(() -> service.refresh(registered.value().getRefreshToken())))
                .isEqualTo("refresh-token-invalid");
    }

    @Test
    void shouldForgetSomebodyAndFreeTheirNames() {
        Tokens tokens = service.register(form(name, PASSWORD)).value();

        OptionalLong forgotten = service.call(tokens, stub -> stub.forgetUser(ForgetUserRequest.getDefaultInstance()))
                .position();

        assertThat(refusal(() -> service.login(name, PASSWORD, forgotten))).isEqualTo("bad-credentials");
        assertThat(refusal(() -> service.refresh(tokens.getRefreshToken()))).isEqualTo("refresh-token-invalid");
        assertThat(refusal(() -> service.call(tokens, stub -> stub.updateProfile(profile("bio")))))
                .isEqualTo("user-not-found");
        Answer<Tokens> successor = service.register(form(name, PASSWORD));
        assertThat(successor.value().getUserId()).isNotEqualTo(tokens.getUserId());
        assertThat(service.login(name, PASSWORD, successor.position()).getUserId())
                .isEqualTo(successor.value().getUserId());
    }

    @Test
    void shouldChangeWhatBelongsToAProfile() {
        Tokens tokens = service.register(form(name, PASSWORD)).value();
        Tokens other = service.register(form(name + "_2", PASSWORD)).value();

        service.call(
                tokens,
                stub -> stub.updateProfile(profile("bio", "archetype").toBuilder()
                        .setArchetype("sage")
                        .build()));
        service.call(
                tokens,
                stub -> stub.updateModalities(UpdateModalitiesRequest.newBuilder()
                        .addModalities("in_person")
                        .build()));
        service.call(
                tokens,
                stub -> stub.changeMatchingPreferences(
                        MatchingPreferences.newBuilder().setEnabled(true).build()));
        service.call(tokens, stub -> stub.blockUser(block(other.getUserId())));
        service.call(tokens, stub -> stub.unblockUser(block(other.getUserId())));

        assertThat(types(user(tokens).stream()))
                .containsExactly(
                        "metachat.user.UserRegistered.v1",
                        "metachat.user.ProfileUpdated.v1",
                        "metachat.user.ArchetypeAssigned.v1",
                        "metachat.user.ModalitiesUpdated.v1",
                        "metachat.user.MatchingPreferencesChanged.v1",
                        "metachat.user.UserBlocked.v1",
                        "metachat.user.UserUnblocked.v1");
        assertThat(refusal(() -> service.call(
                        tokens, stub -> stub.blockUser(block(UUID.randomUUID().toString())))))
                .isEqualTo("user-not-found");
        assertThat(refusal(() -> service.call(tokens, stub -> stub.updateProfile(profile("hairColour")))))
                .isEqualTo("validation-failed");
        assertThat(refusal(() -> service.call(tokens, stub -> stub.updateProfile(profile("archetype")))))
                .isEqualTo("validation-failed");
        assertThat(refusal(() -> service.call(
                        tokens,
                        stub -> stub.updateModalities(UpdateModalitiesRequest.newBuilder()
                                .addModalities("telepathy")
                                .build()))))
                .isEqualTo("validation-failed");
    }

    @Test
    void shouldPublishOfAUserNothingButTheId() {
        Tokens tokens = service.register(form(name, PASSWORD)).value();
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "test-" + UUID.randomUUID());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "500");
        List<String> published = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("metachat.user.events"));
            Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.key().equals(user(tokens).stream())) {
                        published.add(record.value());
                    }
                });
                return !published.isEmpty();
            });
        }
        assertThat(published).containsExactly("{\"userId\":\"" + tokens.getUserId() + "\"}");
    }

    @Test
    void shouldBringLoginsBackAfterARestart() {
        Answer<Tokens> registered;
        try (RunningUserService first = RunningUserService.start(eventStore, CASSANDRA, KAFKA.bootstrapServers())) {
            registered = first.register(form(name, PASSWORD));
        }
        try (RunningUserService second = RunningUserService.start(eventStore, CASSANDRA, KAFKA.bootstrapServers())) {
            second.awaitReady();
            assertThat(second.login(name, PASSWORD, registered.position()).getUserId())
                    .isEqualTo(registered.value().getUserId());
            assertThat(second.refresh(registered.value().getRefreshToken()).getUserId())
                    .isEqualTo(registered.value().getUserId());
        }
    }

    @Test
    void shouldStartWithNothingThereAndSaySo() throws Exception {
        try (RunningUserService alone = RunningUserService.start(
                "esdb://127.0.0.1:" + unusedPort() + "?tls=false",
                "127.0.0.1:" + unusedPort(),
                "127.0.0.1:" + unusedPort())) {
            assertThat(alone.get("/health").statusCode()).isEqualTo(200);
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(alone.get("/ready").statusCode()).isEqualTo(503);
                assertThat(alone.get("/ready").body()).contains("eventStore").contains("assandra");
            });
        }
    }

    private static RegisterRequest form(String name, String password) {
        return RegisterRequest.newBuilder()
                .setUsername(name)
                .setEmail(name + "@example.org")
                .setPassword(password)
                .setDisplayName("Anna")
                .setDateOfBirth("1990-12-31")
                .build();
    }

    private static UpdateProfileRequest profile(String... fields) {
        return UpdateProfileRequest.newBuilder()
                .addAllFields(List.of(fields))
                .setBio("Likes mornings.")
                .build();
    }

    private static BlockUserRequest block(String userId) {
        return BlockUserRequest.newBuilder().setUserId(userId).build();
    }

    private List<String> types(String stream) {
        return read(stream).stream().map(RecordedEvent::getEventType).toList();
    }

    private List<String> contents(String stream) {
        return read(stream).stream()
                .map(event -> new String(event.getEventData(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<RecordedEvent> read(String stream) {
        try {
            return store.readStream(stream, ReadStreamOptions.get()).get().getEvents().stream()
                    .map(event -> event.getOriginalEvent())
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StreamNotFoundException) {
                return List.of();
            }
            throw new IllegalStateException(e);
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
