package io.metachat.gateway;

import com.google.protobuf.Timestamp;
import io.grpc.ForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.metachat.proto.v1.DiaryCommandsGrpc;
import io.metachat.proto.v1.EditEntryRequest;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.EntryContent;
import io.metachat.proto.v1.ExportChunk;
import io.metachat.proto.v1.ExportRequest;
import io.metachat.proto.v1.FollowNotificationsRequest;
import io.metachat.proto.v1.GetEntryRequest;
import io.metachat.proto.v1.GetUserRequest;
import io.metachat.proto.v1.LoginRequest;
import io.metachat.proto.v1.Mood;
import io.metachat.proto.v1.MoodStatus;
import io.metachat.proto.v1.Notification;
import io.metachat.proto.v1.QueriesGrpc;
import io.metachat.proto.v1.Tokens;
import io.metachat.proto.v1.User;
import io.metachat.proto.v1.UserCommandsGrpc;
import io.metachat.proto.v1.WriteEntryRequest;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemException;
import io.metachat.service.error.ProblemTrailers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The services behind the gateway, as far as the gateway's own tests need them: a real gRPC server that notes what
 * arrives and answers what a test says. The whole system is tested with the real ones in system-tests.
 */
final class Services implements AutoCloseable {

    /** One call as it arrived. */
    record Call(String method, Metadata headers, Object message) {

        @Nullable
        String header(String name) {
            return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        }
    }

    static final Metadata.Key<String> POSITION =
            Metadata.Key.of("x-metachat-position", Metadata.ASCII_STRING_MARSHALLER);

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Server server;
    private volatile @Nullable ProblemException failure;
    private final BlockingQueue<StreamObserver<ExportChunk>> exports = new LinkedBlockingQueue<>();
    private volatile boolean holdsExports;
    private volatile int currentRevision;
    private volatile int readRevision;
    private volatile boolean keyKnown;

    Services() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Users())
                .addService(new Diary())
                .addService(new Queries())
                .intercept(new Notes())
                .build()
                .start();
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    List<Call> calls() {
        return calls;
    }

    Call last() {
        return calls.get(calls.size() - 1);
    }

    Call last(String method) {
        return calls.stream()
                .filter(call -> call.method().equals(method))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** From now on the read model has this revision of the entry, with its mood. */
    void readModelHas(int revision) {
        readRevision = revision;
    }

    /** From now on every call fails like this. */
    void failWith(Problem problem) {
        failure = problem.toException();
    }

    /** From now on every export waits after its first piece. */
    void holdExports() {
        holdsExports = true;
    }

    /** Fails the export that waits. */
    void breakExportOff() throws InterruptedException {
        exports.take().onError(Status.UNAVAILABLE.asRuntimeException());
    }

    /** From now on an edit succeeds only if it expects this revision, or none. */
    void current(int revision) {
        currentRevision = revision;
    }

    /** From now on an edit at another revision counts as another request under the same key. */
    void keyIsKnown() {
        keyKnown = true;
    }

    void reset() {
        keyKnown = false;
        failure = null;
        holdsExports = false;
        currentRevision = 0;
        readRevision = 0;
        calls.clear();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private <T> void answer(StreamObserver<T> answer, T message) {
        ProblemException failing = failure;
        if (failing != null) {
            Metadata trailers = new Metadata();
            ProblemTrailers.write(failing.problem(), trailers);
            answer.onError(ProblemTrailers.status(failing.problem()).asRuntimeException(trailers));
            return;
        }
        answer.onNext(message);
        answer.onCompleted();
    }

    private final class Users extends UserCommandsGrpc.UserCommandsImplBase {

        @Override
        public void login(LoginRequest request, StreamObserver<Tokens> answer) {
            answer(
                    answer,
                    Tokens.newBuilder()
                            .setUserId("u")
                            .setAccessToken("a")
                            .setRefreshToken("r")
                            .build());
        }
    }

    private final class Diary extends DiaryCommandsGrpc.DiaryCommandsImplBase {

        @Override
        public void writeEntry(WriteEntryRequest request, StreamObserver<EntryContent> answer) {
            answer(answer, entry(request.getTitle(), request.getText(), 1));
        }

        @Override
        public void editEntry(EditEntryRequest request, StreamObserver<EntryContent> answer) {
            if (currentRevision != 0
                    && request.hasExpectedRevision()
                    && request.getExpectedRevision() != currentRevision) {
                failWith(
                        keyKnown
                                ? Problem.of(
                                        "idempotency-key-reused", ProblemCategory.UNPROCESSABLE, "Another request.")
                                : Problem.of(
                                        "revision-mismatch",
                                        ProblemCategory.PRECONDITION_FAILED,
                                        "Somebody changed it."));
            }
            answer(answer, entry(request.getTitle(), request.getText(), 2));
            failure = null;
        }
    }

    private static EntryContent entry(String title, String text, int revision) {
        return EntryContent.newBuilder()
                .setEntryId("6f1f6a0e-7a0b-4c52-9d0c-0c8f6f1d2e3a")
                .setTitle(title)
                .setText(text)
                .setRevision(revision)
                .setWrittenAt(Timestamp.newBuilder().setSeconds(1_772_366_400))
                .build();
    }

    private final class Queries extends QueriesGrpc.QueriesImplBase {

        @Override
        public void getUser(GetUserRequest request, StreamObserver<User> answer) {
            answer(
                    answer,
                    User.newBuilder()
                            .setUserId(request.getUserId())
                            .setUsername("ada")
                            .build());
        }

        @Override
        public void getEntry(GetEntryRequest request, StreamObserver<Entry> answer) {
            answer(
                    answer,
                    Entry.newBuilder()
                            .setContent(entry("A day", "It was.", readRevision))
                            .setMood(Mood.newBuilder().setStatus(MoodStatus.MOOD_STATUS_ANALYSED))
                            .build());
        }

        @Override
        public void export(ExportRequest request, StreamObserver<ExportChunk> answer) {
            answer.onNext(ExportChunk.newBuilder().setJson("{\"entries\":[").build());
            if (holdsExports) {
                exports.add(answer);
                return;
            }
            answer.onNext(ExportChunk.newBuilder().setJson("]}").build());
            answer.onCompleted();
        }

        @Override
        public void followNotifications(FollowNotificationsRequest request, StreamObserver<Notification> answer) {
            long after = request.getAfterPosition();
            answer.onNext(Notification.newBuilder()
                    .setPosition(after + 1)
                    .setType("entry.analysed")
                    .setData("{\"entryId\":\"e\"}")
                    .build());
            answer.onCompleted();
        }
    }

    private final class Notes implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            ServerCall<Q, A> positioned = new ForwardingServerCall.SimpleForwardingServerCall<>(call) {
                @Override
                public void close(Status status, Metadata trailers) {
                    trailers.put(POSITION, "4711");
                    super.close(status, trailers);
                }
            };
            String method = call.getMethodDescriptor().getBareMethodName();
            return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(
                    next.startCall(positioned, headers)) {
                @Override
                public void onMessage(Q message) {
                    calls.add(new Call(String.valueOf(method), headers, message));
                    super.onMessage(message);
                }
            };
        }
    }
}
