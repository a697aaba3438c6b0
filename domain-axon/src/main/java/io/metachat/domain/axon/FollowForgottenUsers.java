package io.metachat.domain.axon;

import io.metachat.service.security.JwtProperties;
import java.time.Clock;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets a service refuse who is forgotten: {@code @Import(FollowForgottenUsers.class)}. For services whose aggregates are
 * not the user's own; the user itself knows.
 */
@Configuration(proxyBeanMethods = false)
public class FollowForgottenUsers {

    @Bean
    ForgottenUsers forgottenUsers(JwtProperties properties, Clock clock) {
        return new ForgottenUsers(
                properties.accessTokenLifetime().plus(properties.clockSkew().multipliedBy(2)), clock);
    }

    /** Each instance follows for itself, from the same instant again after a restart. */
    @Bean
    ConfigurerModule forgottenUsersProcessor(ForgottenUsers forgottenUsers) {
        return configurer -> configurer.eventProcessing(processing -> processing
                .registerTokenStore(ForgottenUsers.PROCESSOR, configuration -> new InMemoryTokenStore())
                .registerPooledStreamingEventProcessor(
                        ForgottenUsers.PROCESSOR,
                        org.axonframework.config.Configuration::eventStore,
                        (configuration, processor) -> processor
                                .initialSegmentCount(1)
                                .initialToken(source -> source.createTokenAt(forgottenUsers.since()))));
    }
}
