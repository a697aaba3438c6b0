package io.metachat.service.command;

import io.grpc.Deadline;
import io.metachat.service.call.Backoff;
import io.metachat.service.call.CallContext;
import io.metachat.service.call.Idempotency;
import io.metachat.service.call.MetadataKeys;
import io.metachat.service.correlation.Correlation;
import io.metachat.service.error.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dispatches commands and returns the position that they reached. Retries a command after a concurrent change, on the
 * aggregate's new state. Blocks the calling thread; thread-safe.
 */
public final class CommandDispatcher {

    private static final Logger log = LoggerFactory.getLogger(CommandDispatcher.class);

    private final CommandBus commandBus;
    private final CommittedPositions committed;
    private final CommandProperties properties;
    private final Backoff backoff;

    public CommandDispatcher(CommandBus commandBus, CommittedPositions committed, CommandProperties properties) {
        this.commandBus = commandBus;
        this.committed = committed;
        this.properties = properties;
        this.backoff = new Backoff(properties.backoff(), properties.timeout());
    }

    /**
     * Dispatches {@code command} with the idempotency key of the call that is being served, scoped to its caller, and
     * reports the reached position in that call's response.
     *
     * @throws RuntimeException the exception of the command's handler, unchanged
     */
    public <R extends @Nullable Object> CommandOutcome<R> dispatch(Object command) {
        return dispatchKeyed(command, CallContext.current().idempotency().orElse(null));
    }

    /** Dispatches {@code command} with a key that the code derives itself instead of the call's. */
    public <R extends @Nullable Object> CommandOutcome<R> dispatch(Object command, Idempotency idempotency) {
        return dispatchKeyed(command, idempotency);
    }

    /** Dispatches {@code command} without a key: for commands that no client sent, or that recognise a repetition. */
    public <R extends @Nullable Object> CommandOutcome<R> dispatchUnkeyed(Object command) {
        return dispatchKeyed(command, null);
    }

    private <R extends @Nullable Object> CommandOutcome<R> dispatchKeyed(
            Object command, @Nullable Idempotency idempotency) {
        Deadline deadline = deadline();
        MetaData metadata = metadata(idempotency);
        for (int attempt = 1; ; attempt++) {
            CommandMessage<Object> message =
                    GenericCommandMessage.asCommandMessage(command).withMetaData(metadata);
            try {
                CommandOutcome<R> outcome = attempt(message, deadline);
                CallContext.current().reached(outcome.position());
                return outcome;
            } catch (ConcurrencyException | AggregateStreamCreationException conflict) {
                if (attempt >= properties.attempts()) {
                    throw conflict;
                }
                log.atDebug()
                        .addKeyValue("command", message.getCommandName())
                        .addKeyValue("attempt", attempt)
                        .log("Concurrent change, retrying");
                pause(attempt, deadline);
            }
        }
    }

    private <R extends @Nullable Object> CommandOutcome<R> attempt(CommandMessage<Object> message, Deadline deadline) {
        if (deadline.isExpired()) {
            // The caller no longer waits.
            throw late();
        }
        committed.expect(message.getIdentifier());
        try {
            CompletableFuture<CommandResultMessage<? extends R>> answer = new CompletableFuture<>();
            commandBus.<Object, R>dispatch(message, (sent, result) -> answer.complete(result));
            CommandResultMessage<? extends R> result = await(answer, deadline);
            if (result.isExceptional()) {
                throw unchecked(result.exceptionResult());
            }
            return new CommandOutcome<>(result.getPayload(), committed.position(message.getIdentifier()));
        } finally {
            committed.forget(message.getIdentifier());
        }
    }

    private static <T> T await(CompletableFuture<T> answer, Deadline deadline) {
        try {
            return answer.get(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late();
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private static RuntimeException late() {
        return Problem.unavailable("command-timeout", "The command took too long.", Duration.ofSeconds(1))
                .toException();
    }

    private static RuntimeException unchecked(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime
                ? runtime
                : new EventStoreException("The command failed", thrown);
    }

    private Deadline deadline() {
        return CallContext.deadline()
                .orElseGet(() -> Deadline.after(properties.timeout().toNanos(), TimeUnit.NANOSECONDS));
    }

    private static MetaData metadata(@Nullable Idempotency idempotency) {
        Correlation correlation = Correlation.currentOrStart();
        MetaData metadata = MetaData.from(Map.of(
                MetadataKeys.CORRELATION_ID, correlation.id(),
                MetadataKeys.TRACEPARENT, correlation.trace().child().toString()));
        if (correlation.causationId() != null) {
            metadata = metadata.and(MetadataKeys.CAUSATION_ID, correlation.causationId());
        }
        return idempotency == null ? metadata : metadata.mergedWith(digests(idempotency));
    }

    private static Map<String, ?> digests(Idempotency idempotency) {
        Map<String, String> earlier =
                idempotency.earlier().stream().collect(Collectors.toMap(Idempotency::key, Idempotency::fingerprint));
        return Map.of(
                MetadataKeys.IDEMPOTENCY_KEY, idempotency.key(),
                MetadataKeys.IDEMPOTENCY_FINGERPRINT, idempotency.fingerprint(),
                MetadataKeys.EARLIER_DIGESTS, earlier);
    }

    private void pause(int attempt, Deadline deadline) {
        long remaining = Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS));
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(backoff.jittered(attempt).toNanos(), remaining));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late();
        }
    }
}
