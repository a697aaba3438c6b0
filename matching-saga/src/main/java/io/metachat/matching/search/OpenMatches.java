package io.metachat.matching.search;

import io.metachat.domain.match.CancelMatch;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Taking proposals back that may have been answered in the meantime. */
final class OpenMatches {

    private OpenMatches() {}

    /** Cancels a proposal; one that is not open any more is left as it is. */
    static void cancel(CommandGateway commands, CancelMatch cancellation) {
        try {
            commands.sendAndWait(cancellation);
        } catch (DomainException refused) {
            if (refused.error() != DomainError.MATCH_NOT_OPEN) {
                throw refused;
            }
        }
    }
}
