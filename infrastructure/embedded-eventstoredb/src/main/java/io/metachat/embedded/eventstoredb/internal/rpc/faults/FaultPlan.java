package io.metachat.embedded.eventstoredb.internal.rpc.faults;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The faults that are active now. Tests set them, and every call reads them. */
public final class FaultPlan {

    private final AtomicInteger appendAnswersToLose = new AtomicInteger();
    private final AtomicInteger appendAnswersToWithhold = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;
    private volatile @Nullable StatusRuntimeException refusal;

    public void delay(Duration duration) {
        delay = duration;
    }

    /** Rejects every data call with a status; null ends the fault. */
    public void refuse(@Nullable StatusRuntimeException status) {
        refusal = status;
    }

    public void loseAppendAnswers(int count) {
        appendAnswersToLose.set(count);
    }

    public void withholdAppendAnswers(int count) {
        appendAnswersToWithhold.set(count);
    }

    public void clear() {
        delay = Duration.ZERO;
        refusal = null;
        appendAnswersToLose.set(0);
        appendAnswersToWithhold.set(0);
    }

    Duration delay() {
        return delay;
    }

    @Nullable
    StatusRuntimeException refusal() {
        return refusal;
    }

    boolean losesThisAppendAnswer() {
        return takeOne(appendAnswersToLose);
    }

    boolean withholdsThisAppendAnswer() {
        return takeOne(appendAnswersToWithhold);
    }

    private static boolean takeOne(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
}
