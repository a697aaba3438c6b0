package io.metachat.domain.axon;

import io.metachat.domain.Command;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** Routes a command to the aggregate that it names itself. */
public final class DomainCommandTargetResolver implements CommandTargetResolver {

    /** @throws IllegalArgumentException when the payload is not one of the domain's commands */
    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
        if (command.getPayload() instanceof Command domainCommand) {
            return new VersionedAggregateIdentifier((Object) domainCommand.target(), null);
        }
        throw new IllegalArgumentException(command.getPayloadType().getName() + " does not name its aggregate");
    }
}
