package io.metachat.domain.axon;

import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.service.error.ProblemTranslator;
import java.time.Clock;
import java.time.ZoneOffset;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Gives every service the domain's event types, command routing, refusals and clock. */
@AutoConfiguration(beforeName = "io.metachat.axon.eventstoredb.autoconfigure.EventStoreDbAutoConfiguration")
public class DomainAxonAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventTypeRegistry domainEventTypes() {
        return DomainEventTypes.registry();
    }

    /** Aggregates name it: {@code @Aggregate(commandTargetResolver = "domainCommandTargetResolver")}. */
    @Bean
    CommandTargetResolver domainCommandTargetResolver() {
        return new DomainCommandTargetResolver();
    }

    @Bean
    ProblemTranslator domainProblems() {
        return new DomainProblems();
    }

    /** Ticks in milliseconds: read models keep no finer times, and a finer one would compare differently there. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
