package io.metachat.user;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in.
 *
 * @param refreshTokenLifetime how long a login lasts that is not refreshed
 * @param hashing how many passwords are hashed at the same time, with 19 MiB each
 * @param hashingTimeout how long a request waits for its turn to hash
 */
@ConfigurationProperties("metachat.user")
public record UserProperties(
        @DefaultValue("30d") Duration refreshTokenLifetime,
        @DefaultValue("4") int hashing,
        @DefaultValue("3s") Duration hashingTimeout) {

    public UserProperties {
        if (hashing < 1) {
            throw new IllegalArgumentException("metachat.user.hashing is at least 1");
        }
    }
}
