package io.metachat.user;

import io.metachat.domain.user.event.UserEvent;
import io.metachat.kafka.relay.RelayedContent;
import io.metachat.proto.v1.UserCommandsGrpc;
import io.metachat.service.security.MethodAccess;
import io.metachat.user.password.BoundedPasswordEncoder;
import io.metachat.user.password.PasswordPolicy;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Passwords, open methods, and what of a user's events is published. */
@Configuration(proxyBeanMethods = false)
class UserConfiguration {

    @Bean
    static BoundedPasswordEncoder passwordEncoder(UserProperties properties) {
        return new BoundedPasswordEncoder(properties.hashing(), properties.hashingTimeout());
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

    /** A topic is no place for e-mail addresses and hashes: it says that something happened, and to whom. */
    @Bean
    static RelayedContent publishedUserEvents() {
        return event -> event.getPayload() instanceof UserEvent ofUser
                ? Optional.of(new PublishedUserEvent(ofUser.userId()))
                : Optional.empty();
    }
}
