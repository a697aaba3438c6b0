package io.metachat.user.login;

import io.metachat.domain.Command;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.service.correlation.Correlation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Dispatches commands because of events, each in a unit of work of its own, and waits for them. Within the unit of work
 * of the processor their events would be appended together at its end, and the event store appends to one stream only.
 */
final class FollowUps {

    private final CommandDispatcher commands;
    private final Executor executor;

    FollowUps(CommandDispatcher commands, Executor executor) {
        this.commands = commands;
        this.executor = executor;
    }

    /** @throws RuntimeException what the command's handler threw */
    <R extends @Nullable Object> R dispatch(Command command) {
        Optional<Correlation> correlation = Correlation.current();
        CompletableFuture<R> result = new CompletableFuture<>();
        Runnable dispatching = () -> {
            try {
                result.complete(commands.<R>dispatchUnkeyed(command).result());
            } catch (RuntimeException | Error failure) {
                result.completeExceptionally(failure);
            }
        };
        executor.execute(correlation.map(current -> current.wrap(dispatching)).orElse(dispatching));
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
