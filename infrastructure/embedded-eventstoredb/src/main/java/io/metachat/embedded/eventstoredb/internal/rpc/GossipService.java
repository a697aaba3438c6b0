package io.metachat.embedded.eventstoredb.internal.rpc;

import com.eventstore.dbclient.proto.gossip.GossipGrpc;
import com.eventstore.dbclient.proto.gossip.GossipOuterClass.ClusterInfo;
import com.eventstore.dbclient.proto.gossip.GossipOuterClass.EndPoint;
import com.eventstore.dbclient.proto.gossip.GossipOuterClass.MemberInfo;
import com.eventstore.dbclient.proto.shared.Shared;
import io.grpc.stub.StreamObserver;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.UUID;

/** The Gossip service. It reports one member, which is alive and leads, at the address that the caller used. */
final class GossipService extends GossipGrpc.GossipImplBase {

    private final UUID instance = UUID.randomUUID();
    private final Clock clock;

    GossipService(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void read(Shared.Empty request, StreamObserver<ClusterInfo> observer) {
        InetSocketAddress here = ReachedAddress.current();
        observer.onNext(ClusterInfo.newBuilder()
                .addMembers(MemberInfo.newBuilder()
                        .setInstanceId(Wire.structured(instance))
                        .setTimeStamp(clock.millis())
                        .setState(MemberInfo.VNodeState.Leader)
                        .setIsAlive(true)
                        .setHttpEndPoint(EndPoint.newBuilder()
                                .setAddress(here.getHostString())
                                .setPort(here.getPort())))
                .build());
        observer.onCompleted();
    }
}
