package io.metachat.user;

import io.metachat.axon.eventstoredb.EventType;
import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.domain.user.event.UserEvent;
import io.metachat.kafka.relay.EventTypeNames;
import io.metachat.kafka.relay.RelayedContent;
import io.metachat.proto.v1.UserCommandsGrpc;
import io.metachat.service.security.MethodAccess;
import io.metachat.user.password.Argon2id;
import io.metachat.user.password.PasswordHasher;
import io.metachat.user.password.PasswordPolicy;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Passwords, open methods, and what of a user's events is published. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UserProperties.class)
class UserConfiguration {

    @Bean
    static PasswordHasher passwordHasher(UserProperties properties) {
        return new PasswordHasher(Argon2id.OWASP, properties.hashing(), properties.hashingPatience());
    }

    @Bean
    static PasswordPolicy passwordPolicy() {
        return new PasswordPolicy();
    }

    @Bean
    static MethodAccess userMethodAccess() {
        return MethodAccess.open(
                UserCommandsGrpc.getRegisterMethod(),
                UserCommandsGrpc.getLoginMethod(),
                UserCommandsGrpc.getRefreshMethod(),
                UserCommandsGrpc.getLogoutMethod());
    }

    /** The names under which the relay publishes what the store keeps under the same names. */
    @Bean
    static EventTypeNames eventTypeNames(EventTypeRegistry registry) {
        return type -> registry.typeOf(type).map(EventType::stored);
    }

    /** A topic is no place for e-mail addresses and hashes: it says that something happened, and to whom. */
    @Bean
    static RelayedContent publishedUserEvents() {
        return event -> event.getPayload() instanceof UserEvent ofUser
                ? Optional.of(new PublishedUserEvent(ofUser.userId()))
                : Optional.empty();
    }
}
