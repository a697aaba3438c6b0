package io.metachat.projections.processing;

import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.domain.user.event.UserForgotten;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Discards what is parked of a person who is forgotten, before the event is handled: else it would be parked behind the
 * others, and the person's rows, and the parked events themselves, would stay.
 */
final class ForgetParked implements MessageHandlerInterceptor<EventMessage<?>> {

    private final DeadLetterSequences deadLetters;

    ForgetParked(DeadLetterSequences deadLetters) {
        this.deadLetters = deadLetters;
    }

    @Override
    public Object handle(UnitOfWork<? extends EventMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        if (unitOfWork.getMessage().getPayload() instanceof UserForgotten forgotten) {
            deadLetters.discardAll(PersonSequencing.sequenceOf(forgotten.userId().stream()));
        }
        return chain.proceed();
    }
}
