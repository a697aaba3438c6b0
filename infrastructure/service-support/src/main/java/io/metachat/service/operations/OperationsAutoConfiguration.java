package io.metachat.service.operations;

import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.axon.cassandra.saga.SagaParking;
import io.metachat.service.error.ErrorAutoConfiguration;
import io.metachat.service.health.AxonHealthAutoConfiguration;
import io.metachat.service.health.StreamingProcessors;
import io.metachat.service.security.AccessTokenVerifier;
import io.metachat.service.security.SecurityAutoConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Operations over HTTP, for services with processors. */
@AutoConfiguration(
        after = {SecurityAutoConfiguration.class, ErrorAutoConfiguration.class, AxonHealthAutoConfiguration.class},
        afterName = "io.metachat.axon.cassandra.autoconfigure.AxonCassandraAutoConfiguration")
@ConditionalOnClass(StreamingEventProcessor.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({AccessTokenVerifier.class, StreamingProcessors.class})
public class OperationsAutoConfiguration {

    @Bean
    OperatorsOnly operatorsOnly(AccessTokenVerifier verifier) {
        return new OperatorsOnly(verifier);
    }

    @Bean
    ProcessorOperations processorOperations(StreamingProcessors processors) {
        return new ProcessorOperations(processors);
    }

    /** With dead letters in Cassandra. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DeadLetterSequences.class)
    static class DeadLetters {

        @Bean
        DeadLetterOperations deadLetterOperations(ObjectProvider<DeadLetterSource> sources) {
            return new DeadLetterOperations(sources.stream().toList());
        }

        @Bean
        @ConditionalOnBean(SagaParking.class)
        SagaOperations sagaOperations(SagaParking parking) {
            return new SagaOperations(parking);
        }
    }
}
