package io.metachat.embedded.eventstoredb.internal.rpc.faults;

import com.eventstore.dbclient.proto.persistentsubscriptions.PersistentSubscriptionsGrpc;
import com.eventstore.dbclient.proto.streams.StreamsGrpc;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/** Injects the planned faults into data calls. Calls about the server (gossip, features) are unaffected. */
public final class FaultInterceptor implements ServerInterceptor {

    private static final Set<String> DATA_SERVICES =
            Set.of(StreamsGrpc.SERVICE_NAME, PersistentSubscriptionsGrpc.SERVICE_NAME);

    private final FaultPlan plan;
    private final ScheduledExecutorService timer;

    public FaultInterceptor(FaultPlan plan, ScheduledExecutorService timer) {
        this.plan = plan;
        this.timer = timer;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!DATA_SERVICES.contains(String.valueOf(call.getMethodDescriptor().getServiceName()))) {
            return next.startCall(call, headers);
        }
        StatusRuntimeException refusal = plan.refusal();
        if (refusal != null) {
            call.close(refusal.getStatus(), refusal.getTrailers() == null ? new Metadata() : refusal.getTrailers());
            return new ServerCall.Listener<>() {};
        }
        ServerCall<Q, A> served = call.getMethodDescriptor() == StreamsGrpc.getAppendMethod()
                ? new AppendWithoutAnswer<>(call, plan)
                : call;
        Duration delay = plan.delay();
        ServerCall.Listener<Q> listener = next.startCall(served, headers);
        return delay.isZero() ? listener : new DelayedListener<>(listener, delay, timer);
    }

    /** Loses the response to a committed append. */
    private static final class AppendWithoutAnswer<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final FaultPlan plan;
        private boolean silenced;

        private AppendWithoutAnswer(ServerCall<Q, A> call, FaultPlan plan) {
            super(call);
            this.plan = plan;
        }

        @Override
        public void sendMessage(A answer) {
            if (plan.withholdsThisAppendAnswer()) {
                silenced = true;
            } else if (plan.losesThisAppendAnswer()) {
                silenced = true;
                super.close(Status.UNAVAILABLE.withDescription("The response was lost."), new Metadata());
            } else {
                super.sendMessage(answer);
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!silenced) {
                super.close(status, trailers);
            }
        }
    }
}
