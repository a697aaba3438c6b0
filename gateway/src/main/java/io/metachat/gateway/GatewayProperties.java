package io.metachat.gateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The gateway's own settings.
 *
 * @param services where the services behind it are
 * @param maxBody the largest request body that is read; a larger one is refused with 413
 * @param heartbeat how often an idle live stream says that it is alive
 */
@ConfigurationProperties("metachat.gateway")
public record GatewayProperties(
        Services services,
        @DefaultValue("2MB") DataSize maxBody,
        @DefaultValue("15s") Duration heartbeat) {

    /** Addresses as {@code host:port}. */
    public record Services(String user, String diary, String projection, String matching) {}
}
