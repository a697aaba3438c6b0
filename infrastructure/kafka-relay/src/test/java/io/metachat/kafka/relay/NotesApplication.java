package io.metachat.kafka.relay;

import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application that uses only the starter, with an in-memory event store. */
final class NotesApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    /** @param settings properties of the application, such as {@code kafka.relay.brokers=…} */
    NotesApplication(Class<?> more, String... settings) {
        this.context = new SpringApplicationBuilder(Configuration.class, more)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.application.name=notes",
                        "axon.serializer.general=jackson3",
                        "axon.axonserver.enabled=false")
                .properties(settings)
                .run();
    }

    record NoteWritten(String id, String text) {}

    record NoteDropped(String id) {}

    /** Its serialization fails. */
    record NoteBroken(String id) {
        public String getCause() {
            throw new IllegalStateException("cannot be written");
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Configuration {

        @Bean
        EventStorageEngine storage() {
            return new InMemoryEventStorageEngine();
        }

        @Bean
        TokenStore tokens() {
            return new InMemoryTokenStore();
        }

        @Bean
        EventTypeNames names() {
            Map<Class<?>, String> names = Map.of(
                    NoteWritten.class, "notes.NoteWritten.v1",
                    NoteDropped.class, "notes.NoteDropped.v1",
                    NoteBroken.class, "notes.NoteBroken.v1");
            return type -> Optional.ofNullable(names.get(type));
        }
    }

    /** No further beans. */
    static class Plain {}

    static DomainEventMessage<?> event(String aggregate, long sequence, Object payload) {
        return new GenericDomainEventMessage<>("Note", aggregate, sequence, payload);
    }

    EventStore store() {
        return context.getBean(EventStore.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
