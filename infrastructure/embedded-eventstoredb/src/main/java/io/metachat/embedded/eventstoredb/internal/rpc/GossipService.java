package io.metachat.embedded.eventstoredb.internal.rpc;

import com.eventstore.dbclient.proto.gossip.GossipGrpc;
import com.eventstore.dbclient.proto.gossip.GossipOuterClass.ClusterInfo;
import com.eventstore.dbclient.proto.gossip.GossipOuterClass.EndPoint;
import com.eventstore.dbclient.proto.gossip.GossipOuterClass.MemberInfo;
import com.eventstore.dbclient.proto.shared.Shared;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.UUID;
import java.util.function.IntSupplier;

/** The cluster as clients see it: one member, leading, alive. */
final class GossipService extends GossipGrpc.GossipImplBase {

    private final UUID instance = UUID.randomUUID();
    private final String host;
    private final IntSupplier port;
    private final Clock clock;

    GossipService(String host, IntSupplier port, Clock clock) {
        this.host = host;
        this.port = port;
        this.clock = clock;
    }

    @Override
    public void read(Shared.Empty request, StreamObserver<ClusterInfo> observer) {
        observer.onNext(ClusterInfo.newBuilder()
                .addMembers(MemberInfo.newBuilder()
                        .setInstanceId(Wire.structured(instance))
                        .setTimeStamp(clock.millis())
                        .setState(MemberInfo.VNodeState.Leader)
                        .setIsAlive(true)
                        .setHttpEndPoint(EndPoint.newBuilder().setAddress(host).setPort(port.getAsInt())))
                .build());
        observer.onCompleted();
    }
}
