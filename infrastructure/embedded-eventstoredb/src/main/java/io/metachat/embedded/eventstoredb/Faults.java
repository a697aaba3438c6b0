package io.metachat.embedded.eventstoredb;

import io.grpc.Status;
import io.metachat.embedded.eventstoredb.internal.rpc.RpcServer;
import io.metachat.embedded.eventstoredb.internal.rpc.faults.FaultPlan;
import io.metachat.embedded.eventstoredb.internal.rpc.reads.SubscriptionEnd;
import java.time.Duration;
import java.util.function.Supplier;

/** Injects faults, for tests of a client's reactions. Faults survive restarts until {@link #clear()}. */
public final class Faults {

    private final FaultPlan plan;
    private final Supplier<RpcServer> server;

    Faults(FaultPlan plan, Supplier<RpcServer> server) {
        this.plan = plan;
        this.server = server;
    }

    /** Delays the handling of every call. */
    public void delayCalls(Duration delay) {
        plan.delay(delay);
    }

    /** Cuts every connection at the socket. New connections are accepted immediately. */
    public void dropConnections() {
        server.get().cutConnections();
    }

    /** Rejects data calls with the address of another leader. */
    public void answerNotLeader(String leaderHost, int leaderPort) {
        plan.refuse(RpcServer.notLeader(leaderHost, leaderPort));
    }

    /** Rejects data calls with UNAVAILABLE. */
    public void answerUnavailable() {
        plan.refuse(Status.UNAVAILABLE.withDescription("A planned fault.").asRuntimeException());
    }

    /** Commits the next appends, but answers them with UNAVAILABLE. */
    public void loseAppendAnswers(int count) {
        plan.loseAppendAnswers(count);
    }

    /** Commits the next appends, but never answers them. */
    public void withholdAppendAnswers(int count) {
        plan.withholdAppendAnswers(count);
    }

    /** Ends open subscriptions as if the server had sent everything. */
    public void completeSubscriptions() {
        server.get().endSubscriptions(SubscriptionEnd.COMPLETED);
    }

    /** Ends open subscriptions with CANCELLED. */
    public void cancelSubscriptions() {
        server.get().endSubscriptions(SubscriptionEnd.CANCELLED);
    }

    /** Ends open subscriptions as if the server were no longer the leader. */
    public void endSubscriptionsAsNotLeader() {
        server.get().endSubscriptions(SubscriptionEnd.NOT_LEADER);
    }

    /** Keeps open subscriptions open, but sends them nothing more. */
    public void silenceSubscriptions() {
        server.get().endSubscriptions(SubscriptionEnd.SILENT);
    }

    /** Removes all faults. Ended calls stay ended. */
    public void clear() {
        plan.clear();
    }
}
