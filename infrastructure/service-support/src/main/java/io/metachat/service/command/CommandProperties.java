package io.metachat.service.command;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How commands are dispatched.
 *
 * @param timeout how long a command may take outside of a call with a deadline of its own
 * @param attempts the number of attempts after concurrent changes, including the first
 * @param backoff the longest delay before the second attempt; doubles with each further one
 */
@ConfigurationProperties("metachat.commands")
public record CommandProperties(
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("5") int attempts,
        @DefaultValue("10ms") Duration backoff) {

    public CommandProperties {
        if (attempts < 1) {
            throw new IllegalArgumentException("metachat.commands.attempts must be at least 1");
        }
    }
}
