package io.metachat.service.grpc;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service calls others.
 *
 * @param deadline the time for a call that sets none itself
 * @param connectionWait how long a call waits for a connection before it fails as unavailable
 * @param keepAlive the interval of pings on an idle connection
 * @param reconnect the interval of attempts to reconnect
 */
@ConfigurationProperties("metachat.grpc.client")
public record GrpcClientProperties(
        @DefaultValue("5s") Duration deadline,
        @DefaultValue("3s") Duration connectionWait,
        @DefaultValue("30s") Duration keepAlive,
        @DefaultValue("1s") Duration reconnect) {}
