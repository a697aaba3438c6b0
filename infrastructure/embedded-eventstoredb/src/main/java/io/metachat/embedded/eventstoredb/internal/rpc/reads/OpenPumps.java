package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.grpc.stub.StreamObserver;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The reads and subscriptions in flight, so that the server can end them. */
public final class OpenPumps {

    private final Set<Pump> pumps = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** Starts a call, or rejects it if the server is stopping. */
    void start(Pump pump) {
        pumps.add(pump);
        pump.start();
        if (stopping) {
            pump.end(observer -> observer.onError(RpcErrors.stopping()));
        }
    }

    void remove(Pump pump) {
        pumps.remove(pump);
    }

    /** Ends all current and later calls with UNAVAILABLE. */
    public void stop() {
        stopping = true;
        pumps.forEach(pump -> pump.end(observer -> observer.onError(RpcErrors.stopping())));
    }

    public void endSubscriptions(Consumer<StreamObserver<ReadResp>> how) {
        pumps.stream().filter(SubscriptionPump.class::isInstance).forEach(pump -> pump.end(how));
    }
}
