package io.metachat.local.system;

import io.metachat.embedded.process.RunningProcess;
import io.metachat.embedded.process.ServerProcess;
import io.metachat.embedded.process.ServerStartException;
import io.metachat.local.home.ComponentState;
import io.metachat.local.home.Endpoint;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.SystemState.ComponentStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts the components stage by stage, in parallel within a stage; restarts dead components; stops them in reverse
 * order.
 *
 * <p>{@link #stop()} may be called from any thread at any time, even during {@link #start()}.
 */
public final class Supervisor {

    private final List<List<Watched>> stages;
    private final List<Watched> all;
    private final RestartPolicy policy;
    private final Clock clock;
    private final Runnable stateChanged;
    private final ScheduledExecutorService restarts;
    private final ExecutorService workers = Executors.newCachedThreadPool(daemon("component"));
    private volatile boolean stopping;

    /** @param stateChanged called after every change of {@link #components()} */
    Supervisor(List<List<Component>> stages, RestartPolicy policy, Clock clock, Runnable stateChanged) {
        this.stages = stages.stream()
                .map(stage -> stage.stream().map(Watched::new).toList())
                .toList();
        this.all = this.stages.stream().flatMap(List::stream).toList();
        this.policy = policy;
        this.clock = clock;
        this.stateChanged = stateChanged;
        this.restarts = Executors.newScheduledThreadPool(all.size(), daemon("restart"));
    }

    /**
     * Returns when every component is ready.
     *
     * @throws LocalException if a component does not become ready; the others are stopped then
     */
    void start() {
        try {
            for (List<Watched> stage : stages) {
                inParallel(stage, Watched::start);
            }
        } catch (ServerStartException e) {
            boolean stopped = stopping;
            stop();
            throw new LocalException(stopped ? "stopped while starting" : e.getMessage(), e);
        }
    }

    /** Stops everything and returns when nothing runs. */
    void stop() {
        stopping = true;
        restarts.shutdownNow();
        List<List<Watched>> backwards = new ArrayList<>(stages);
        Collections.reverse(backwards);
        for (List<Watched> stage : backwards) {
            inParallel(stage, Watched::stop);
        }
    }

    List<ComponentStatus> components() {
        return all.stream().map(Watched::status).toList();
    }

    /** Applies the action to all components of a stage in parallel, and waits for all, or until the first fails. */
    private void inParallel(List<Watched> stage, Consumer<Watched> action) {
        ExecutorCompletionService<Void> completion = new ExecutorCompletionService<>(workers);
        stage.forEach(watched -> completion.submit(() -> action.accept(watched), null));
        try {
            for (int i = 0; i < stage.size(); i++) {
                completion.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServerStartException cause) {
                throw cause;
            }
            throw new IllegalStateException("a component failed unexpectedly", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerStartException("interrupted", e);
        }
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** A component and its current state. */
    private final class Watched {

        private final Component component;
        private ComponentState state = ComponentState.WAITING;
        private @Nullable RunningProcess process;
        private @Nullable String note;
        private Instant readyAt = Instant.EPOCH;
        private int restartCount;
        private int failuresInARow;

        Watched(Component component) {
            this.component = component;
        }

        void stop() {
            component.stop();
            become(ComponentState.STOPPED, null, null);
        }

        void start() {
            if (stopping) {
                throw new ServerStartException("MetaChat is stopping");
            }
            become(ComponentState.STARTING, null, null);
            ServerProcess started = component.start();
            synchronized (this) {
                readyAt = clock.instant();
            }
            become(ComponentState.READY, RunningProcess.of(started.pid()), null);
            var unused = started.onExit().thenAccept(this::ended);
        }

        private void ended(int exitCode) {
            if (!stopping) {
                scheduleRestart("ended with exit code " + exitCode);
            }
        }

        private void restart() {
            try {
                synchronized (this) {
                    restartCount++;
                }
                start();
            } catch (ServerStartException e) {
                if (!stopping) {
                    scheduleRestart(e.getMessage());
                }
            }
        }

        private void scheduleRestart(String reason) {
            Duration delay = nextDelay();
            become(ComponentState.DIED, null, reason + "; restarts in " + delay.toSeconds() + " s");
            restartIn(delay);
        }

        private void restartIn(Duration delay) {
            try {
                var unused = restarts.schedule(this::restart, delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                if (!stopping) {
                    throw e;
                }
            }
        }

        private synchronized Duration nextDelay() {
            boolean trusted = Duration.between(readyAt, clock.instant()).compareTo(policy.trustedAfter()) > 0;
            failuresInARow = trusted ? 1 : failuresInARow + 1;
            return policy.backoff().delay(failuresInARow);
        }

        private void become(ComponentState next, @Nullable RunningProcess running, @Nullable String why) {
            synchronized (this) {
                state = next;
                process = running;
                note = why;
            }
            stateChanged.run();
        }

        synchronized ComponentStatus status() {
            return new ComponentStatus(
                    component.name(),
                    state,
                    note,
                    process,
                    restartCount,
                    component.endpoints().stream().map(Endpoint::label).toList(),
                    component.log().toString());
        }
    }
}
