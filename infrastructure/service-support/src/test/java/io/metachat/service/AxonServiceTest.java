package io.metachat.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ClientCalls;
import io.metachat.service.call.Idempotency;
import io.metachat.service.call.MetadataKeys;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.service.command.CommandOutcome;
import io.metachat.service.correlation.Correlation;
import io.metachat.service.correlation.TraceParent;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemException;
import io.metachat.service.error.Problems;
import io.metachat.service.grpc.Answer;
import io.metachat.service.grpc.GrpcCall;
import io.metachat.service.grpc.GrpcClients;
import io.metachat.service.grpc.GrpcServer;
import io.metachat.service.position.PositionAwaiter;
import io.metachat.service.security.AccessTokens;
import io.metachat.service.security.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.stereotype.Aggregate;
import org.axonframework.tracing.SpanFactory;
import org.axonframework.tracing.opentelemetry.OpenTelemetrySpanFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A service with an aggregate and a projection, as they are with service-support. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=counter-service",
            "GRPC_PORT=0",
            "JWT_SECRET=0123456789abcdef0123456789abcdef",
            "metachat.commands.backoff=1ms"
        })
@TestPropertySource("classpath:without-servers.properties")
class AxonServiceTest {

    @Autowired
    private CommandDispatcher dispatcher;

    @Autowired
    private EventStore events;

    @Autowired
    private FailingEngine engine;

    @Autowired
    private Problems problems;

    @Autowired
    private PositionAwaiter awaiter;

    @Autowired
    private Serializer serializer;

    @Autowired
    private SpanFactory spans;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private EventProcessingConfiguration processing;

    @Autowired
    private CounterProjection projection;

    @Autowired
    private GrpcServer server;

    @Autowired
    private GrpcClients clients;

    @Autowired
    private AccessTokens tokens;

    @LocalServerPort
    private int httpPort;

    private final String counter = "counter-" + UUID.randomUUID();

    @BeforeAll
    static void waitLongOnABusyMachine() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    record Count(@TargetAggregateIdentifier String counter, int times) {}

    record Counted(String counter, int number) {}

    @Aggregate
    public static class Counter {

        @AggregateIdentifier
        private @Nullable String id;

        private int number;

        protected Counter() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        int count(Count command) {
            for (int i = 0; i < command.times(); i++) {
                AggregateLifecycle.apply(new Counted(command.counter(), number + 1));
            }
            return number;
        }

        @EventSourcingHandler
        void on(Counted event) {
            id = event.counter();
            number = event.number();
        }
    }

    @ProcessingGroup("counters")
    static class CounterProjection {

        private final List<Handled> handled = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch mayHandle = new CountDownLatch(0);

        @EventHandler
        void on(Counted event) throws InterruptedException {
            mayHandle.await();
            handled.add(new Handled(event.counter(), Correlation.current().orElseThrow()));
        }

        List<Correlation> correlations(String counter) {
            return handled.stream()
                    .filter(handled -> handled.counter().equals(counter))
                    .map(Handled::correlation)
                    .toList();
        }
    }

    record Handled(String counter, Correlation correlation) {}

    /** Refuses a number of appends. */
    static final class FailingEngine extends InMemoryEventStorageEngine {

        private final AtomicInteger refusals = new AtomicInteger();
        private volatile RuntimeException refusal = new IllegalStateException();

        void refuse(int times, RuntimeException with) {
            refusal = with;
            refusals.set(times);
        }

        @Override
        public void appendEvents(List<? extends EventMessage<?>> events) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw refusal;
            }
            super.appendEvents(events);
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({Counter.class, CounterProjection.class})
    static class CounterApplication {

        @Bean
        FailingEngine storage() {
            return new FailingEngine();
        }

        @Bean
        TokenStore tokens() {
            return new InMemoryTokenStore();
        }

        @Autowired
        void pooled(EventProcessingConfigurer processing) {
            processing.usingPooledStreamingEventProcessors();
        }

        @Bean
        EchoService commands(CommandDispatcher dispatcher) {
            return new EchoService().on(EchoService.SAY, counter -> {
                CommandOutcome<Integer> outcome = dispatcher.dispatch(new Count(counter, 2));
                return Integer.toString(outcome.result());
            });
        }
    }

    @BeforeEach
    void acceptAppends() {
        engine.refuse(0, new IllegalStateException());
    }

    @Test
    void shouldTellResultAndPosition() {
        CommandOutcome<Integer> first = dispatcher.dispatch(new Count(counter, 1));
        CommandOutcome<Integer> second = dispatcher.dispatch(new Count(counter, 2));

        assertThat(first.result()).isEqualTo(1);
        assertThat(second.result()).isEqualTo(3);
        assertThat(second.position()).isEqualTo(first.position() + 2);
    }

    @Test
    void shouldTryAgainWhenItMeetsAConcurrentChange() {
        engine.refuse(2, new ConcurrencyException("somebody was first"));

        assertThat(dispatcher.<Integer>dispatch(new Count(counter, 1)).result()).isEqualTo(1);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void shouldGiveUpWithAConflictAfterItsAttempts() {
        engine.refuse(Integer.MAX_VALUE, new ConcurrencyException("somebody was first"));

        assertThatThrownBy(() -> dispatcher.dispatch(new Count(counter, 1)))
                .satisfies(failure -> assertThat(problems.of(failure))
                        .extracting(Problem::code, Problem::category)
                        .containsExactly("concurrent-change", ProblemCategory.CONFLICT));
        assertThat(engine.refusals).hasValue(Integer.MAX_VALUE - 5);
    }

    @Test
    void shouldNotBeginWhatNobodyWaitsFor() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Context.CancellableContext late =
                Context.current().withDeadline(Deadline.after(-1, TimeUnit.SECONDS), timer)) {
            assertThatThrownBy(() -> late.call(() -> dispatcher.dispatch(new Count(counter, 1))))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem())
                                    .extracting(Problem::code, Problem::category)
                                    .containsExactly("command-timeout", ProblemCategory.UNAVAILABLE));
        } finally {
            timer.shutdown();
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void shouldSayThatTheStoreIsUnavailable() {
        engine.refuse(1, new EventStoreException("down"));

        assertThatThrownBy(() -> dispatcher.dispatch(new Count(counter, 1))).satisfies(failure -> {
            Problem problem = problems.of(failure);
            assertThat(problem.category()).isEqualTo(ProblemCategory.UNAVAILABLE);
            assertThat(problem.retryAfter()).isPositive();
        });
    }

    @Test
    void shouldGiveTheEventsOfAKeyedCommandTheSameIdentifiersAgain() {
        Idempotency key = new Idempotency("key-1", "0".repeat(64));
        engine.refuse(1, new EventStoreException("outcome unknown"));
        assertThatThrownBy(() -> dispatcher.dispatch(new Count(counter, 2), key));
        dispatcher.dispatch(new Count(counter, 2), key);
        String other = counter + "-other";
        dispatcher.dispatch(new Count(other, 2), key);

        List<? extends DomainEventMessage<?>> stored = stored();
        List<String> expected = new ArrayList<>();
        for (int index = 0; index < 2; index++) {
            String name = counter + '\0' + "key-1" + '\0' + index;
            expected.add(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                    .toString());
        }
        assertThat(stored).extracting(DomainEventMessage::getIdentifier).isEqualTo(expected);
        assertThat(stored)
                .allSatisfy(event -> assertThat(event.getMetaData())
                        .containsEntry(MetadataKeys.IDEMPOTENCY_KEY, "key-1")
                        .containsEntry(MetadataKeys.IDEMPOTENCY_FINGERPRINT, "0".repeat(64)));
        assertThat(events.readEvents(other).asStream().map(DomainEventMessage::getIdentifier))
                .doesNotContainAnyElementsOf(expected);
    }

    @Test
    void shouldCarryOneCorrelationFromTheCallToTheProjection() {
        Correlation request = Correlation.accept("order-7", null);
        Answer<StringValue> answer;
        try (Correlation.Scope scope = request.open()) {
            answer = GrpcCall.withToken(
                            tokens.issue(UUID.randomUUID(), Set.of(), "test").value())
                    .invoke(() -> ClientCalls.blockingUnaryCall(
                            clients.channel("counter-service", "127.0.0.1:" + server.port()),
                            EchoService.SAY,
                            CallOptions.DEFAULT,
                            StringValue.of(counter)));
        }

        assertThat(answer.value().getValue()).isEqualTo("2");
        assertThat(answer.position()).isPresent();
        DomainEventMessage<?> event = stored().get(0);
        assertThat(event.getMetaData())
                .containsEntry(MetadataKeys.CORRELATION_ID, "order-7")
                .containsKey(MetadataKeys.CAUSATION_ID)
                .hasEntrySatisfying(
                        MetadataKeys.TRACEPARENT,
                        value -> assertThat(TraceParent.parse((String) value))
                                .hasValueSatisfying(trace -> assertThat(trace.traceId())
                                        .isEqualTo(request.trace().traceId())));
        await().untilAsserted(() -> assertThat(projection.correlations(counter)).hasSize(2));
        assertThat(projection.correlations(counter).get(0).id()).isEqualTo("order-7");
        assertThat(projection.correlations(counter).get(0).causationId()).isEqualTo(event.getIdentifier());
        assertThat(projection.correlations(counter).get(0).trace().traceId())
                .isEqualTo(request.trace().traceId());
    }

    @Test
    void shouldLetAReadWaitForItsWrite() {
        long position = dispatcher.dispatch(new Count(counter, 1)).position();

        awaiter.await("counters", position, Duration.ofSeconds(10));

        assertThat(awaiter.hasReached("counters", position)).isTrue();
        assertThat(projection.correlations(counter)).isNotEmpty();
    }

    @Test
    void shouldNotWaitForEver() {
        projection.mayHandle = new CountDownLatch(1);
        try {
            long position = dispatcher.dispatch(new Count(counter, 1)).position();
            assertThatThrownBy(() -> awaiter.await("counters", position, Duration.ofMillis(100)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            behind -> assertThat(behind.problem())
                                    .extracting(Problem::code, Problem::category)
                                    .containsExactly("not-yet", ProblemCategory.NOT_YET));
        } finally {
            projection.mayHandle.countDown();
        }
    }

    @Test
    void shouldWriteAndReadTheTokenOfAReplay() {
        TrackingToken token =
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(7), new GlobalSequenceTrackingToken(3));

        SerializedObject<byte[]> written = serializer.serialize(token, byte[].class);

        assertThat(serializer.<byte[], TrackingToken>deserialize(written)).isEqualTo(token);
    }

    @Test
    void shouldReplay() {
        dispatcher.dispatch(new Count(counter, 3));
        StreamingEventProcessor processor = processing
                .eventProcessor("counters", StreamingEventProcessor.class)
                .orElseThrow();
        await().until(() -> projection.correlations(counter).size() >= 3);
        processor.shutDown();
        projection.handled.clear();
        processor.resetTokens();
        processor.start();

        await().untilAsserted(() -> assertThat(projection.correlations(counter)).hasSizeGreaterThanOrEqualTo(3));
    }

    @Test
    void shouldMeasureAxonInTheServicesRegistry() throws Exception {
        dispatcher.dispatch(new Count(counter, 1));

        assertThat(meters.find("commandBus.capacity").gauge()).isNotNull();
        HttpResponse<String> metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(metrics.body())
                .contains("commandBus_successCounter_total")
                .contains("metachat_processor_lag{processor=\"counters\"");
    }

    @Test
    void shouldSplitAndMergeSegmentsForOperators() throws Exception {
        await().until(() -> counters().processingStatus().containsKey(3));
        int before = counters().processingStatus().size();

        HttpResponse<String> split = operate("POST", "/counters/segments/3/split", Set.of(Caller.OPERATOR));

        assertThat(split.statusCode()).as(split.body()).isEqualTo(200);
        await().until(() -> counters().processingStatus().size() == before + 1);
        assertThat(operate("GET", "/counters", Set.of(Caller.OPERATOR)).body())
                .contains("\"segment\":3,\"share\":\"1/32\"", "\"segment\":19,\"share\":\"1/32\"");
        dispatcher.dispatch(new Count(counter, 4));
        await().untilAsserted(() -> assertThat(projection.correlations(counter)).hasSize(4));

        HttpResponse<String> merged = operate("POST", "/counters/segments/19/merge", Set.of(Caller.OPERATOR));

        assertThat(merged.statusCode()).as(merged.body()).isEqualTo(200);
        await().until(() -> counters().processingStatus().size() == before);
    }

    @Test
    void shouldRefuseOperationsThatCannotBe() throws Exception {
        assertThat(operate("GET", "", Set.of()).statusCode()).isEqualTo(403);
        HttpResponse<String> list = operate("GET", "", Set.of(Caller.OPERATOR));
        assertThat(list.body()).contains("\"name\":\"counters\",\"running\":true");
        HttpResponse<String> unknown = operate("POST", "/nobody/segments/0/split", Set.of(Caller.OPERATOR));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("urn:metachat:problem:processor-not-found");
        assertThat(operate("POST", "/counters/segments/99/merge", Set.of(Caller.OPERATOR))
                        .body())
                .contains("segment-not-here");
    }

    private StreamingEventProcessor counters() {
        return processing
                .eventProcessor("counters", StreamingEventProcessor.class)
                .orElseThrow();
    }

    @Test
    void shouldAnswerAnUnknownOperationWithAProblemAndWithoutAStack() throws Exception {
        for (String path : List.of("/operations/nothing", "/operations/processors/", "/operations/processors/a/b/c")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isIn(401, 404);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        assertThat(operate("GET", "/a/b/c", Set.of("operator")).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> operate(String method, String path, Set<String> roles) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + httpPort + "/operations/processors" + path))
                                .header(
                                        "Authorization",
                                        "Bearer "
                                                + tokens.issue(UUID.randomUUID(), roles, "test")
                                                        .value())
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldTraceAxonInTheServicesTracer() {
        assertThat(spans).isInstanceOf(OpenTelemetrySpanFactory.class);
    }

    private List<? extends DomainEventMessage<?>> stored() {
        return events.readEvents(counter).asStream().collect(Collectors.toList());
    }
}
