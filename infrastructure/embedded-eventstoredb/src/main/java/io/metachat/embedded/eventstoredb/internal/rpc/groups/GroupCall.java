package io.metachat.embedded.eventstoredb.internal.rpc.groups;

import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.ReadReq;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.ReadResp;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.metachat.embedded.eventstoredb.internal.group.Consumer;
import io.metachat.embedded.eventstoredb.internal.group.Group;
import io.metachat.embedded.eventstoredb.internal.group.GroupException;
import io.metachat.embedded.eventstoredb.internal.group.GroupId;
import io.metachat.embedded.eventstoredb.internal.group.Groups;
import io.metachat.embedded.eventstoredb.internal.read.ResolvedEvent;
import io.metachat.embedded.eventstoredb.internal.rpc.access.AccessRules;
import io.metachat.embedded.eventstoredb.internal.rpc.access.Caller;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.InvalidRequestException;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One consumer's call: it names a group, receives events, and acknowledges each of them. */
final class GroupCall implements StreamObserver<ReadReq>, Consumer {

    private final Groups groups;
    private final ServerCallStreamObserver<ReadResp> call;
    private final AccessRules access;
    private final Caller caller;
    private @Nullable Group group;
    private int capacity;
    private boolean structuredIds;

    /** The group may end the call while the consumer still sends messages. */
    private volatile boolean ended;

    GroupCall(Groups groups, ServerCallStreamObserver<ReadResp> call, AccessRules access, Caller caller) {
        this.groups = groups;
        this.call = call;
        this.access = access;
        this.caller = caller;
        call.setOnCancelHandler(this::leave);
    }

    @Override
    public void onNext(ReadReq request) {
        if (ended) {
            return;
        }
        try {
            switch (request.getContentCase()) {
                case OPTIONS -> join(request.getOptions());
                case ACK ->
                    joined().acknowledge(
                                    this,
                                    request.getAck().getIdsList().stream()
                                            .map(Wire::uuid)
                                            .toList());
                case NACK -> refuse(request.getNack());
                case CONTENT_NOT_SET -> throw new InvalidRequestException("a message is empty");
            }
        } catch (RuntimeException failure) {
            leave();
            end(() -> call.onError(RpcErrors.of(failure)));
        }
    }

    @Override
    public void onError(Throwable cancelled) {
        leave();
    }

    @Override
    public void onCompleted() {
        leave();
        end(call::onCompleted);
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public String user() {
        return caller.name();
    }

    @Override
    public void deliver(ResolvedEvent event, int retryCount) {
        call.onNext(ReadResp.newBuilder()
                .setEvent(Wire.groupEvent(event, structuredIds).setRetryCount(retryCount))
                .build());
    }

    @Override
    public void drop(GroupException reason) {
        end(() -> call.onError(RpcErrors.of(reason)));
    }

    private void join(ReadReq.Options options) {
        if (group != null) {
            throw new InvalidRequestException("a call must join only one group");
        }
        if (options.getBufferSize() < 1) {
            throw new InvalidRequestException("a consumer must accept at least one event");
        }
        capacity = options.getBufferSize();
        structuredIds = options.getUuidOption().hasStructured();
        GroupId id = options.hasAll()
                ? GroupRequests.all(options.getGroupName())
                : GroupRequests.of(options.getStreamIdentifier(), options.getGroupName());
        access.requireRead(caller, id.stream());
        Group found = groups.find(id);
        call.onNext(ReadResp.newBuilder()
                .setSubscriptionConfirmation(ReadResp.SubscriptionConfirmation.newBuilder()
                        .setSubscriptionId(UUID.randomUUID().toString()))
                .build());
        group = found;
        found.connect(this);
    }

    private void refuse(ReadReq.Nack nack) {
        List<UUID> ids = nack.getIdsList().stream().map(Wire::uuid).toList();
        switch (nack.getAction()) {
            case Unknown, Retry, UNRECOGNIZED -> joined().refuse(this, ids, Group.Refusal.RETRY, nack.getReason());
            case Park -> joined().refuse(this, ids, Group.Refusal.PARK, nack.getReason());
            case Skip -> joined().refuse(this, ids, Group.Refusal.SKIP, nack.getReason());
            case Stop -> {
                leave();
                end(call::onCompleted);
            }
        }
    }

    private Group joined() {
        if (group == null) {
            throw new InvalidRequestException("a consumer must join a group first");
        }
        return group;
    }

    private synchronized void end(Runnable how) {
        if (!ended) {
            ended = true;
            how.run();
        }
    }

    private void leave() {
        if (group != null) {
            group.disconnect(this);
        }
    }
}
