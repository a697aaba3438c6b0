package io.metachat.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.metachat.domain.UserId;
import io.metachat.proto.v1.FollowNotificationsRequest;
import io.metachat.proto.v1.Notification;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A client that follows notifications; it takes as many as it is told to. */
final class NotificationReader implements ClientResponseObserver<FollowNotificationsRequest, Notification> {

    private final List<Notification> received = new CopyOnWriteArrayList<>();
    private final boolean slow;
    private volatile @Nullable ClientCallStreamObserver<FollowNotificationsRequest> call;
    private volatile @Nullable Throwable failure;

    private NotificationReader(boolean slow) {
        this.slow = slow;
    }

    /** @param after negative to begin with what is new */
    static NotificationReader follow(RunningService service, UserId user, long after) {
        return start(service, user, after, false);
    }

    /** A reader that takes nothing until it is told to. */
    static NotificationReader slowly(RunningService service, UserId user, long after) {
        return start(service, user, after, true);
    }

    private static NotificationReader start(RunningService service, UserId user, long after, boolean slow) {
        NotificationReader reader = new NotificationReader(slow);
        FollowNotificationsRequest.Builder request = FollowNotificationsRequest.newBuilder();
        if (after >= 0) {
            request.setAfterPosition(after);
        }
        service.following(user).followNotifications(request.build(), reader);
        return reader;
    }

    List<Notification> received() {
        return received;
    }

    List<Notification> await(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(received).hasSizeGreaterThanOrEqualTo(count));
        return received;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    void take(int count) {
        started().request(count);
    }

    void cancel() {
        started().cancel("enough", null);
    }

    private ClientCallStreamObserver<FollowNotificationsRequest> started() {
        ClientCallStreamObserver<FollowNotificationsRequest> started = call;
        if (started == null) {
            throw new IllegalStateException("The call has not started");
        }
        return started;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<FollowNotificationsRequest> stream) {
        call = stream;
        if (slow) {
            stream.disableAutoRequestWithInitial(0);
        }
    }

    @Override
    public void onNext(Notification notification) {
        received.add(notification);
    }

    @Override
    public void onError(Throwable thrown) {
        failure = thrown;
    }

    @Override
    public void onCompleted() {
        failure = new IllegalStateException("The stream ended");
    }
}
