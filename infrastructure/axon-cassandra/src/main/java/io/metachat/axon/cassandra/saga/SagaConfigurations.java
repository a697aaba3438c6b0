package io.metachat.axon.cassandra.saga;

import org.axonframework.common.AxonConfigurationException;
import org.axonframework.config.Configuration;
import org.axonframework.config.SagaConfiguration;

/** Finds what is configured for a type of saga. */
public final class SagaConfigurations {

    private SagaConfigurations() {}

    /** Returns the configuration of a type of saga; the one of that type is of its type. */
    @SuppressWarnings("unchecked")
    public static <T> SagaConfiguration<T> of(Class<T> sagaType, Configuration configuration) {
        return configuration.eventProcessingConfiguration().sagaConfigurations().stream()
                .filter(saga -> saga.type().equals(sagaType))
                .findFirst()
                .map(saga -> (SagaConfiguration<T>) saga)
                .orElseThrow(
                        () -> new AxonConfigurationException("No saga of type [%s]".formatted(sagaType.getName())));
    }
}
