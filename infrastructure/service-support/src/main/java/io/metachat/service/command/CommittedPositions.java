package io.metachat.service.command;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Records the position at which a command's unit of work was committed, for the dispatcher. Commands may be handled on
 * any thread.
 */
final class CommittedPositions implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final CommitPositions positions;
    private final Map<String, OptionalLong> byCommand = new ConcurrentHashMap<>();

    CommittedPositions(CommitPositions positions) {
        this.positions = positions;
    }

    void expect(String commandId) {
        byCommand.put(commandId, OptionalLong.empty());
    }

    void forget(String commandId) {
        byCommand.remove(commandId);
    }

    long position(String commandId) {
        OptionalLong appended = byCommand.getOrDefault(commandId, OptionalLong.empty());
        return appended.isPresent() ? appended.getAsLong() : positions.head();
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        String commandId = unitOfWork.getMessage().getIdentifier();
        unitOfWork.afterCommit(work -> byCommand.computeIfPresent(commandId, (id, none) -> positions.appendedBy(work)));
        return chain.proceed();
    }
}
