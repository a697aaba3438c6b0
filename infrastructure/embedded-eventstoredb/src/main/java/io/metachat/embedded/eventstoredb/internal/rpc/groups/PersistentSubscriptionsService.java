package io.metachat.embedded.eventstoredb.internal.rpc.groups;

import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.CreateReq;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.CreateResp;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.DeleteReq;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.DeleteResp;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.GetInfoReq;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.GetInfoResp;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.ListReq;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.ListResp;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.ReadReq;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.ReadResp;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.ReplayParkedReq;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.ReplayParkedResp;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.UpdateReq;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.UpdateResp;
import com.eventstore.dbclient.proto.persistentsubscriptions.PersistentSubscriptionsGrpc;
import com.eventstore.dbclient.proto.shared.Shared;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.metachat.embedded.eventstoredb.internal.group.Group;
import io.metachat.embedded.eventstoredb.internal.group.GroupId;
import io.metachat.embedded.eventstoredb.internal.group.Groups;
import io.metachat.embedded.eventstoredb.internal.rpc.access.AccessRules;
import io.metachat.embedded.eventstoredb.internal.rpc.access.Caller;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The PersistentSubscriptions service. */
public final class PersistentSubscriptionsService extends PersistentSubscriptionsGrpc.PersistentSubscriptionsImplBase {

    private final Groups groups;
    private final AccessRules access;

    public PersistentSubscriptionsService(Groups groups, AccessRules access) {
        this.groups = groups;
        this.access = access;
    }

    @Override
    public StreamObserver<ReadReq> read(StreamObserver<ReadResp> observer) {
        return new GroupCall(groups, (ServerCallStreamObserver<ReadResp>) observer, access, Caller.current());
    }

    @Override
    public void create(CreateReq request, StreamObserver<CreateResp> observer) {
        answer(observer, () -> {
            groups.create(GroupRequests.id(request.getOptions()), GroupRequests.settings(request.getOptions()));
            return CreateResp.getDefaultInstance();
        });
    }

    @Override
    public void update(UpdateReq request, StreamObserver<UpdateResp> observer) {
        answer(observer, () -> {
            groups.update(GroupRequests.id(request.getOptions()), GroupRequests.settings(request.getOptions()));
            return UpdateResp.getDefaultInstance();
        });
    }

    @Override
    public void delete(DeleteReq request, StreamObserver<DeleteResp> observer) {
        DeleteReq.Options options = request.getOptions();
        answer(observer, () -> {
            groups.delete(id(options.hasAll(), options.getStreamIdentifier(), options.getGroupName()));
            return DeleteResp.getDefaultInstance();
        });
    }

    @Override
    public void getInfo(GetInfoReq request, StreamObserver<GetInfoResp> observer) {
        GetInfoReq.Options options = request.getOptions();
        answer(
                observer,
                () -> GetInfoResp.newBuilder()
                        .setSubscriptionInfo(GroupInfos.of(
                                groups.find(id(options.hasAll(), options.getStreamIdentifier(), options.getGroupName()))
                                        .status()))
                        .build());
    }

    @Override
    public void list(ListReq request, StreamObserver<ListResp> observer) {
        answer(observer, () -> {
            Predicate<GroupId> wanted = wanted(request.getOptions());
            ListResp.Builder list = ListResp.newBuilder();
            groups.all().stream()
                    .filter(group -> wanted.test(group.id()))
                    .map(Group::status)
                    .map(GroupInfos::of)
                    .forEach(list::addSubscriptions);
            return list.build();
        });
    }

    @Override
    public void replayParked(ReplayParkedReq request, StreamObserver<ReplayParkedResp> observer) {
        ReplayParkedReq.Options options = request.getOptions();
        answer(observer, () -> {
            groups.find(id(options.hasAll(), options.getStreamIdentifier(), options.getGroupName()))
                    .replayParked(options.hasStopAt() ? options.getStopAt() : Long.MAX_VALUE);
            return ReplayParkedResp.getDefaultInstance();
        });
    }

    @Override
    public void restartSubsystem(Shared.Empty request, StreamObserver<Shared.Empty> observer) {
        answer(observer, () -> {
            groups.restart();
            return Shared.Empty.getDefaultInstance();
        });
    }

    private static Predicate<GroupId> wanted(ListReq.Options options) {
        if (!options.hasListForStream()) {
            return id -> true;
        }
        String stream = options.getListForStream().hasAll()
                ? StreamNames.ALL
                : Wire.stream(options.getListForStream().getStream());
        return id -> id.stream().equals(stream);
    }

    private static GroupId id(boolean all, Shared.StreamIdentifier stream, String name) {
        return all ? GroupRequests.all(name) : GroupRequests.of(stream, name);
    }

    /** Answers a management call, which requires an operator. */
    private <T> void answer(StreamObserver<T> observer, Supplier<T> body) {
        try {
            access.requireOperator(Caller.current());
            T answer = body.get();
            observer.onNext(answer);
            observer.onCompleted();
        } catch (RuntimeException failure) {
            observer.onError(RpcErrors.of(failure));
        }
    }
}
