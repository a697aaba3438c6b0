package io.metachat.service.command;

import io.metachat.service.call.MetadataKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Derives the identifiers of a keyed command's events from the key. The event store then recognises a repeated append
 * after a lost response.
 */
final class IdempotentEventIdentifiers implements MessageDispatchInterceptor<EventMessage<?>> {

    private static final String INDEX = IdempotentEventIdentifiers.class.getName();

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> messages) {
        if (!CurrentUnitOfWork.isStarted()) {
            return (index, event) -> event;
        }
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get();
        if (!(unitOfWork.getMessage() instanceof CommandMessage<?> command)
                || !(command.getMetaData().get(MetadataKeys.IDEMPOTENCY_KEY) instanceof String key)) {
            return (index, event) -> event;
        }
        // A unit of work may publish events in several rounds, so the index continues.
        AtomicInteger next = unitOfWork.root().getOrComputeResource(INDEX, name -> new AtomicInteger());
        return (index, event) -> identified(event, key, next.getAndIncrement());
    }

    private static EventMessage<?> identified(EventMessage<?> event, String key, int index) {
        if (event instanceof DomainEventMessage<?> domainEvent) {
            return new GenericDomainEventMessage<>(
                    domainEvent.getType(),
                    domainEvent.getAggregateIdentifier(),
                    domainEvent.getSequenceNumber(),
                    domainEvent.getPayload(),
                    domainEvent.getMetaData(),
                    identifier(domainEvent.getAggregateIdentifier(), key, index),
                    domainEvent.getTimestamp());
        }
        return new GenericEventMessage<>(
                identifier("", key, index), event.getPayload(), event.getMetaData(), event.getTimestamp());
    }

    private static String identifier(String aggregateId, String key, int index) {
        String name = aggregateId + '\0' + key + '\0' + index;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
