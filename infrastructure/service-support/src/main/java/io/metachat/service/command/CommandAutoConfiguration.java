package io.metachat.service.command;

import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Command dispatch for services with aggregates. */
@AutoConfiguration(
        afterName = {
            "io.metachat.axon.eventstoredb.autoconfigure.EventStoreDbAutoConfiguration",
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration"
        })
@ConditionalOnClass({CommandBus.class, EventStore.class})
@ConditionalOnBean({CommandBus.class, EventStore.class})
@EnableConfigurationProperties(CommandProperties.class)
@Import({CommandAutoConfiguration.OnEventStoreDb.class, CommandAutoConfiguration.OnAnyStore.class})
public class CommandAutoConfiguration {

    /** Where the event store is EventStoreDB. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EventStoreDbEventStore.class)
    static class OnEventStoreDb {

        @Bean
        @ConditionalOnBean(EventStoreDbEventStore.class)
        @ConditionalOnMissingBean(CommitPositions.class)
        EventStoreDbPositions eventStoreDbPositions(EventStoreDbEventStore eventStore) {
            return new EventStoreDbPositions(eventStore);
        }
    }

    /** Where it is another, such as one in memory in a test. */
    @Configuration(proxyBeanMethods = false)
    static class OnAnyStore {

        @Bean
        @ConditionalOnMissingBean(CommitPositions.class)
        HeadPositions headPositions(EventStore eventStore) {
            return new HeadPositions(eventStore);
        }
    }

    @Bean
    CommandDispatcher commandDispatcher(
            CommandBus commandBus, CommitPositions positions, CommandProperties properties) {
        CommittedPositions committed = new CommittedPositions(positions);
        commandBus.registerHandlerInterceptor(committed);
        return new CommandDispatcher(commandBus, committed, properties);
    }

    // On the bus and not on Axon's gateway: aggregates publish to the bus.
    @Bean
    SmartInitializingSingleton idempotentEventIdentifiers(EventBus eventBus) {
        return () -> eventBus.registerDispatchInterceptor(new IdempotentEventIdentifiers());
    }

    @Bean
    AxonProblemTranslator axonProblemTranslator() {
        return new AxonProblemTranslator();
    }
}
