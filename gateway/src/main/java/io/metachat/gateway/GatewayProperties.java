package io.metachat.gateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The gateway's own settings.
 *
 * @param services the addresses of the services
 * @param maxBody the largest accepted request body; a larger one is rejected with 413
 * @param heartbeat the interval of the comments that keep an idle live stream open
 */
@ConfigurationProperties("metachat.gateway")
public record GatewayProperties(
        Services services,
        @DefaultValue("2MB") DataSize maxBody,
        @DefaultValue("15s") Duration heartbeat) {

    /** Addresses as {@code host:port}. */
    public record Services(String user, String diary, String projection, String matching) {}
}
