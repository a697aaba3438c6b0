package io.metachat.axon.cassandra.deadline;

import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.connection.BackOff;
import io.metachat.axon.cassandra.connection.Serialization;
import io.metachat.axon.cassandra.connection.Serialization.Serialized;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.deadline.AbstractDeadlineManager;
import org.axonframework.deadline.DeadlineException;
import org.axonframework.deadline.DeadlineManagerSpanFactory;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.ScopeAware;
import org.axonframework.messaging.ScopeAwareProvider;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.tracing.Span;
import org.axonframework.tracing.SpanScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedules deadlines in Cassandra and delivers them from any node of the application.
 *
 * <p><b>Delivery</b> is at least once. One node claims a deadline with a lightweight transaction and delivers it in a unit of work.
 * When that node dies, another delivers the deadline after the lease. The message has the deadline's identifier each time. A failed
 * delivery is retried after a second, then with increasing delays of up to five minutes, until it succeeds or the deadline is
 * cancelled. A deadline usually fires within 200 ms of its time, by the nodes' clocks; these do not decide which node delivers it.
 *
 * <p><b>Scheduling</b> within an event handler is idempotent: when the event is handled again, the same deadline is scheduled, even
 * when it has been delivered or cancelled since. The identifier is derived from the event's, the deadline's name and scope, and the
 * number of the handler's call. Elsewhere each call schedules a new deadline, which a rollback of the unit of work cancels.
 *
 * <p><b>Cost.</b> A deadline is found by its minute, its identifier, or its scope. No operation scans the pending deadlines, however
 * many there are. One lightweight transaction cancels all deadlines of a name.
 */
public class CassandraDeadlineManager extends AbstractDeadlineManager implements Lifecycle {

    private static final Logger log = LoggerFactory.getLogger(CassandraDeadlineManager.class);
    private static final String CALLS = CassandraDeadlineManager.class.getName() + "/calls";
    private static final BackOff RETRIES = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final DeadlineTables tables;
    private final DeadlineTimer timer;
    private final Serialization serialization;
    private final ScopeAwareProvider scopes;
    private final TransactionManager transactions;
    private final DeadlineManagerSpanFactory spans;
    private final DeadlineSettings settings;
    private final Clock clock;

    /**
     * Creates a manager; it delivers from {@link #start()} on.
     *
     * @param storage where
     * @param serializer of payloads, metadata and scopes
     * @param scopes finds the saga or aggregate of a scope
     * @param transactions the transaction around a delivery
     * @param spans traces scheduling, cancellation and delivery
     * @param settings how deadlines are delivered
     * @param clock decides when a deadline is due
     */
    public CassandraDeadlineManager(
            CassandraStorage storage,
            Serializer serializer,
            ScopeAwareProvider scopes,
            TransactionManager transactions,
            DeadlineManagerSpanFactory spans,
            DeadlineSettings settings,
            Clock clock) {
        this.tables = new DeadlineTables(storage, settings.group());
        this.timer = new DeadlineTimer(tables, settings, clock, this::deliver);
        this.serialization = new Serialization(serializer);
        this.scopes = scopes;
        this.transactions = transactions;
        this.spans = spans;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void registerLifecycleHandlers(LifecycleRegistry lifecycle) {
        lifecycle.onStart(Phase.INBOUND_EVENT_CONNECTORS, this::start);
        lifecycle.onShutdown(Phase.INBOUND_EVENT_CONNECTORS, this::shutdown);
    }

    /** Begins to deliver. Returns immediately, and waits in the background while Cassandra is absent. */
    public void start() {
        timer.start();
    }

    @Override
    public void shutdown() {
        timer.stop();
    }

    @Override
    public String schedule(
            Instant triggerDateTime, String deadlineName, Object messageOrPayload, ScopeDescriptor deadlineScope) {
        Optional<String> derived = derivedIdentifier(deadlineName, deadlineScope);
        String id = derived.orElseGet(() -> UUID.randomUUID().toString());
        Instant due = triggerDateTime.truncatedTo(ChronoUnit.MILLIS);
        DeadlineMessage<?> message = GenericDeadlineMessage.asDeadlineMessage(deadlineName, messageOrPayload, due);
        Span span = spans.createScheduleSpan(deadlineName, id, message);
        runOnPrepareCommitOrNow(span.wrapRunnable(() -> {
            DeadlineMessage<?> intercepted = spans.propagateContext(processDispatchInterceptors(message));
            store(id, deadlineName, deadlineScope, due, intercepted);
            if (derived.isEmpty() && CurrentUnitOfWork.isStarted()) {
                CurrentUnitOfWork.get().onRollback(unitOfWork -> tables.cancel(deadlineName, id, settings.memory()));
            }
        }));
        return id;
    }

    /** Serializes the scope here, not earlier: a new aggregate has no identifier until now. */
    private void store(String id, String name, ScopeDescriptor scope, Instant due, DeadlineMessage<?> message) {
        StoredDeadline deadline = new StoredDeadline(
                id,
                name,
                tables.generation(name),
                serialization.write(scope),
                due,
                0,
                serialization.write(message.getPayload()),
                serialization.write(message.getMetaData()));
        timer.scheduled(tables.add(deadline, clock.instant()));
    }

    private Optional<String> derivedIdentifier(String name, ScopeDescriptor descriptor) {
        if (!CurrentUnitOfWork.isStarted()
                || !(CurrentUnitOfWork.get().getMessage() instanceof EventMessage<?> event)) {
            return Optional.empty();
        }
        Serialized scope = serialization.write(descriptor);
        String place = String.join(
                "\n",
                settings.group(),
                event.getIdentifier(),
                name,
                scope.type(),
                StandardCharsets.ISO_8859_1.decode(
                        Objects.requireNonNull(scope.data()).duplicate()));
        Map<String, Integer> calls = CurrentUnitOfWork.get().root().getOrComputeResource(CALLS, key -> new HashMap<>());
        String call = place + "\n" + calls.merge(place, 1, Integer::sum);
        return Optional.of(
                UUID.nameUUIDFromBytes(call.getBytes(StandardCharsets.UTF_8)).toString());
    }

    @Override
    public void cancelSchedule(String deadlineName, String scheduleId) {
        Span span = spans.createCancelScheduleSpan(deadlineName, scheduleId);
        runOnPrepareCommitOrNow(span.wrapRunnable(() -> tables.cancel(deadlineName, scheduleId, settings.memory())));
    }

    @Override
    public void cancelAll(String deadlineName) {
        Span span = spans.createCancelAllSpan(deadlineName);
        runOnPrepareCommitOrNow(span.wrapRunnable(() -> tables.beginGeneration(deadlineName)));
    }

    @Override
    public void cancelAllWithinScope(String deadlineName, ScopeDescriptor scope) {
        Span span = spans.createCancelAllWithinScopeSpan(deadlineName, scope);
        runOnPrepareCommitOrNow(span.wrapRunnable(() -> tables.inScope(deadlineName, serialization.write(scope))
                .forEach(id -> tables.cancel(deadlineName, id, settings.memory()))));
    }

    private void deliver(DueDeadline entry) {
        DeadlineState state = tables.read(entry.id());
        if (state instanceof DeadlineState.Pending pending) {
            deliver(pending.deadline(), entry);
        } else if (state instanceof DeadlineState.Done || entry.isLongOver(clock.instant())) {
            tables.removeEntry(entry);
        }
    }

    private void deliver(StoredDeadline deadline, DueDeadline entry) {
        if (entry.due().isBefore(deadline.due())) {
            tables.removeEntry(entry);
        } else if (deadline.generation() < tables.generation(deadline.name())) {
            tables.cancel(deadline.name(), deadline.id(), settings.memory());
            tables.removeEntry(entry);
        } else if (tables.claim(entry, settings.node(), settings.lease())) {
            deliverClaimed(deadline, entry);
        }
    }

    private void deliverClaimed(StoredDeadline deadline, DueDeadline entry) {
        try {
            execute(deadline);
        } catch (RuntimeException e) {
            Instant now = clock.instant();
            DueDeadline later = tables.postpone(
                    deadline, entry, now.plus(RETRIES.after(deadline.attempts() + 1)), settings.node(), now);
            log.warn(
                    "Deadline [{}] with identifier [{}] failed {} times; it comes again at {}",
                    deadline.name(),
                    deadline.id(),
                    deadline.attempts() + 1,
                    later.due(),
                    e);
            timer.scheduled(later);
            return;
        }
        if (!tables.complete(deadline, entry, settings.node(), settings.memory())) {
            log.warn(
                    "Deadline [{}] with identifier [{}] took longer than its lease, or was cancelled meanwhile",
                    deadline.name(),
                    deadline.id());
        }
    }

    private void execute(StoredDeadline deadline) {
        DeadlineMessage<?> message = message(deadline);
        ScopeDescriptor scope = Objects.requireNonNull(serialization.read(deadline.scope()));
        Span span =
                spans.createExecuteSpan(deadline.name(), deadline.id(), message).start();
        try (SpanScope ignored = span.makeCurrent()) {
            UnitOfWork<DeadlineMessage<?>> unitOfWork = new DefaultUnitOfWork<>(message);
            unitOfWork.attachTransaction(transactions);
            ResultMessage<?> result = unitOfWork.executeWithResult(
                    new DefaultInterceptorChain<>(unitOfWork, handlerInterceptors(), intercepted -> {
                        send(intercepted, scope);
                        return null;
                    })::proceed);
            if (result.isExceptional()) {
                throw new DeadlineException(
                        "A handler of deadline [%s] failed".formatted(deadline.name()), result.exceptionResult());
            }
        } catch (RuntimeException e) {
            span.recordException(e);
            throw e;
        } finally {
            span.end();
        }
    }

    private DeadlineMessage<?> message(StoredDeadline deadline) {
        Object payload = serialization.read(deadline.payload());
        MetaData metadata = serialization.read(deadline.metadata());
        Message<Object> message =
                new GenericMessage<>(deadline.id(), payload, metadata == null ? MetaData.emptyInstance() : metadata);
        Instant now = GenericEventMessage.clock.instant();
        return new GenericDeadlineMessage<>(deadline.name(), message, () -> now);
    }

    private void send(DeadlineMessage<?> message, ScopeDescriptor scope) throws Exception {
        List<ScopeAware> components = scopes.provideScopeAwareStream(scope)
                .filter(component -> component.canResolve(scope))
                .toList();
        if (components.isEmpty()) {
            throw new DeadlineException("No component of this node knows the scope of deadline [%s]: %s"
                    .formatted(message.getDeadlineName(), scope.scopeDescription()));
        }
        for (ScopeAware component : components) {
            component.send(message, scope);
        }
    }
}
