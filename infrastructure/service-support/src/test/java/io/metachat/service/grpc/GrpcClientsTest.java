package io.metachat.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.MethodDescriptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ClientCalls;
import io.metachat.service.EchoService;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemException;
import io.metachat.service.error.Problems;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.grpc.server.NettyGrpcServerFactory;

class GrpcClientsTest {

    private final GrpcClients clients = new GrpcClients(
            new GrpcClients.Properties(
                    Duration.ofSeconds(10), Duration.ofMillis(400), Duration.ofSeconds(30), Duration.ofMillis(100)),
            List.of());

    @AfterEach
    void closeClients() throws InterruptedException {
        clients.destroy();
    }

    @BeforeAll
    static void waitLongOnABusyMachine() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @Test
    void shouldReportAnAbsentServiceSoon() throws IOException {
        Channel channel = clients.channel("absent", "127.0.0.1:" + freePort());

        long before = System.nanoTime();
        assertUnavailable(() -> call(channel, EchoService.SAY));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
        assertThat(clients.states()).doesNotContainEntry("absent", ConnectivityState.READY);
    }

    @Test
    void shouldWaitForAServiceThatRestartsAndConnectAgain() throws IOException {
        int port = freePort();
        Channel channel = clients.channel("echo", "http://127.0.0.1:" + port);
        EchoService echo = new EchoService().on(EchoService.SAY, text -> "echo " + text);

        GrpcServer first = server(port, echo);
        await().untilAsserted(() -> assertThat(call(channel, EchoService.SAY)).isEqualTo("echo hello"));
        first.stop();
        assertUnavailable(() -> call(channel, EchoService.SAY));
        GrpcServer second = server(port, echo);
        await().untilAsserted(() -> assertThat(call(channel, EchoService.SAY)).isEqualTo("echo hello"));
        second.stop();
    }

    @Test
    void shouldTryOnlyIdempotentMethodsAgain() {
        AtomicInteger queries = new AtomicInteger();
        AtomicInteger commands = new AtomicInteger();
        GrpcServer server = server(
                0,
                new EchoService()
                        .on(EchoService.SAY, text -> failFirst(queries))
                        .on(EchoService.OPEN, text -> failFirst(commands)));
        Channel channel = clients.channel("echo", "127.0.0.1:" + server.port(), Retries.of(EchoService.SAY));
        await().until(() -> clients.states().get("echo") == ConnectivityState.READY);

        assertThat(call(channel, EchoService.SAY)).isEqualTo("answered");
        assertUnavailable(() -> call(channel, EchoService.OPEN));
        assertThat(queries).hasValue(3);
        assertThat(commands).hasValue(1);
        server.stop();
    }

    @Test
    void shouldNotEndACallThatIsConnectedHoweverLongItTakes() {
        CountDownLatch longerThanTheWaitForAConnection = new CountDownLatch(1);
        GrpcServer server = server(0, new EchoService().on(EchoService.SAY, text -> {
                    awaitQuietly(longerThanTheWaitForAConnection);
                    return "answered";
                }));
        Channel channel = clients.channel("echo", "127.0.0.1:" + server.port());
        await().until(() -> clients.states().get("echo") == ConnectivityState.READY);

        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> call(channel, EchoService.SAY));
        await().during(Duration.ofMillis(800)).until(() -> !answer.isDone());
        longerThanTheWaitForAConnection.countDown();

        assertThat(answer.join()).isEqualTo("answered");
        server.stop();
    }

    @Test
    void shouldNotWaitBeyondTheDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        GrpcServer server = server(0, new EchoService().on(EchoService.SAY, text -> {
                    awaitQuietly(never);
                    return text;
                }));
        Channel channel = clients.channel("echo", "127.0.0.1:" + server.port());
        await().until(() -> clients.states().get("echo") == ConnectivityState.READY);

        assertThatThrownBy(() -> GrpcCall.anonymous()
                        .deadline(Duration.ofMillis(200))
                        .invoke(() -> call(channel, EchoService.SAY)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        late -> assertThat(late.problem().code()).isEqualTo("deadline-exceeded"));
        never.countDown();
        server.stop();
    }

    @Test
    void shouldLetRunningCallsFinishWhenItStops() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch mayFinish = new CountDownLatch(1);
        GrpcServer server = server(0, new EchoService().on(EchoService.SAY, text -> {
                    started.countDown();
                    awaitQuietly(mayFinish);
                    return "finished";
                }));
        Channel channel = clients.channel("echo", "127.0.0.1:" + server.port());
        await().until(() -> clients.states().get("echo") == ConnectivityState.READY);
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> call(channel, EchoService.SAY));
        started.await();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
        await().until(() -> clients.states().get("echo") != ConnectivityState.READY);
        mayFinish.countDown();

        assertThat(answer.get()).isEqualTo("finished");
        stopped.get();
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void shouldNameThePortThatIsTaken() {
        GrpcServer first = server(0, new EchoService().on(EchoService.SAY, text -> text));

        assertThatThrownBy(() -> server(first.port(), new EchoService().on(EchoService.SAY, text -> text)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("GRPC_PORT: cannot listen")
                .hasMessageContaining("127.0.0.1:" + first.port());
        first.stop();
    }

    @Test
    void shouldUnderstandEveryFormOfAnAddress() {
        assertThat(GrpcClients.target("user-service:50051")).isEqualTo("dns:///user-service:50051");
        assertThat(GrpcClients.target("http://user-service:50051/")).isEqualTo("dns:///user-service:50051");
        assertThat(GrpcClients.target("static:///user-service:50051")).isEqualTo("static:///user-service:50051");
    }

    private static String failFirst(AtomicInteger calls) {
        if (calls.incrementAndGet() < 3) {
            throw Status.UNAVAILABLE.asRuntimeException();
        }
        return "answered";
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertUnavailable(Runnable call) {
        assertThatThrownBy(() -> GrpcCall.anonymous().invoke(() -> {
                    call.run();
                    return "";
                }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failed -> assertThat(failed.problem().category()).isEqualTo(ProblemCategory.UNAVAILABLE));
    }

    private static String call(Channel channel, MethodDescriptor<StringValue, StringValue> method) {
        return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, StringValue.of("hello"))
                .getValue();
    }

    private static GrpcServer server(int port, BindableService service) {
        NettyGrpcServerFactory factory =
                new NettyGrpcServerFactory("127.0.0.1:" + port, List.of(), null, null, ClientAuth.NONE);
        factory.addService(
                ServerInterceptors.interceptForward(service, new ProblemInterceptor(new Problems(List.of()))));
        GrpcServer server = new GrpcServer(factory, Duration.ofSeconds(5), event -> {}, new HealthStatusManager());
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
