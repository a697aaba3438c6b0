package io.metachat.embedded.eventstoredb;

import io.grpc.Status;
import io.metachat.embedded.eventstoredb.internal.rpc.RpcServer;
import io.metachat.embedded.eventstoredb.internal.rpc.faults.FaultPlan;
import io.metachat.embedded.eventstoredb.internal.rpc.reads.SubscriptionEnd;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Makes a server misbehave, so that a client's answer to it can be tested. Faults stay over restarts until
 * {@link #clear()}.
 */
public final class Faults {

    private final FaultPlan plan;
    private final Supplier<RpcServer> server;

    Faults(FaultPlan plan, Supplier<RpcServer> server) {
        this.plan = plan;
        this.server = server;
    }

    /** Every call is looked at only after this time. */
    public void delayCalls(Duration delay) {
        plan.delay(delay);
    }

    /** Cuts every connection at the socket; new ones are accepted at once. */
    public void dropConnections() {
        server.get().cutConnections();
    }

    /** Calls for data are refused: the leader is said to be elsewhere. */
    public void answerNotLeader(String leaderHost, int leaderPort) {
        plan.refuse(RpcServer.notLeader(leaderHost, leaderPort));
    }

    /** Calls for data are refused with UNAVAILABLE. */
    public void answerUnavailable() {
        plan.refuse(Status.UNAVAILABLE.withDescription("A planned fault.").asRuntimeException());
    }

    /** The next appends are committed and then answered with UNAVAILABLE. */
    public void loseAppendAnswers(int count) {
        plan.loseAppendAnswers(count);
    }

    /** The next appends are committed and then not answered at all. */
    public void withholdAppendAnswers(int count) {
        plan.withholdAppendAnswers(count);
    }

    /** Open subscriptions end as if the server had sent everything. */
    public void completeSubscriptions() {
        server.get().endSubscriptions(SubscriptionEnd.COMPLETED);
    }

    /** Open subscriptions end with CANCELLED. */
    public void cancelSubscriptions() {
        server.get().endSubscriptions(SubscriptionEnd.CANCELLED);
    }

    /** Open subscriptions end because the server is no longer the leader. */
    public void endSubscriptionsAsNotLeader() {
        server.get().endSubscriptions(SubscriptionEnd.NOT_LEADER);
    }

    /** Open subscriptions stay open and get nothing any more. */
    public void silenceSubscriptions() {
        server.get().endSubscriptions(SubscriptionEnd.SILENT);
    }

    /** Serves as it should again. What has been ended stays ended. */
    public void clear() {
        plan.clear();
    }
}
