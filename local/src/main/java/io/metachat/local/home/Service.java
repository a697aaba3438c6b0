package io.metachat.local.home;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The five services with their Maven modules, main classes and endpoints. By default they share one JVM. */
public enum Service {
    USER_SERVICE(
            "user-aggregate",
            "io.metachat.user.UserServiceApplication",
            Endpoint.USER_SERVICE,
            Endpoint.USER_SERVICE_GRPC),
    DIARY_SERVICE(
            "diary-aggregate",
            "io.metachat.diary.DiaryServiceApplication",
            Endpoint.DIARY_SERVICE,
            Endpoint.DIARY_SERVICE_GRPC),
    MATCHING_SERVICE(
            "matching-saga",
            "io.metachat.matching.MatchingServiceApplication",
            Endpoint.MATCHING_SERVICE,
            Endpoint.MATCHING_SERVICE_GRPC),
    PROJECTION_SERVICE(
            "projections",
            "io.metachat.projections.ProjectionServiceApplication",
            Endpoint.PROJECTION_SERVICE,
            Endpoint.PROJECTION_SERVICE_GRPC),
    GATEWAY("gateway", "io.metachat.gateway.GatewayApplication", Endpoint.GATEWAY, null);

    private final String module;
    private final String mainClass;
    private final Endpoint http;
    private final @Nullable Endpoint grpc;

    Service(String module, String mainClass, Endpoint http, @Nullable Endpoint grpc) {
        this.module = module;
        this.mainClass = mainClass;
        this.http = http;
        this.grpc = grpc;
    }

    /** Returns the service's name, for example "diary-service". */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws LocalException if no service has this name */
    public static Service of(String label) {
        return Arrays.stream(values())
                .filter(service -> service.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new LocalException("unknown service " + label + "; the services are "
                        + Arrays.stream(values()).map(Service::label).collect(Collectors.joining(", "))));
    }

    public String module() {
        return module;
    }

    public String mainClass() {
        return mainClass;
    }

    public Endpoint http() {
        return http;
    }

    public List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>(List.of(http));
        Optional.ofNullable(grpc).ifPresent(endpoints::add);
        if (this == GATEWAY) {
            endpoints.add(Endpoint.GATEWAY_MANAGEMENT);
        }
        return endpoints;
    }

    /** Returns the environment variables that differ between services. */
    public Map<String, String> ownEnvironment(PortPlan ports) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SERVER_PORT", Integer.toString(ports.of(http)));
        if (grpc != null) {
            environment.put("GRPC_PORT", Integer.toString(ports.of(grpc)));
        }
        if (this == GATEWAY) {
            environment.put("MANAGEMENT_PORT", Integer.toString(ports.of(Endpoint.GATEWAY_MANAGEMENT)));
        }
        return environment;
    }

    /** Returns the environment variables that all services share, including the secrets. */
    public static Map<String, String> sharedEnvironment(PortPlan ports, String jwtSecret, String digestKeys) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("EVENTSTORE_URL", "esdb://" + ports.address(Endpoint.EVENTSTOREDB) + "?tls=false");
        environment.put("CASSANDRA_HOSTS", ports.address(Endpoint.CASSANDRA));
        environment.put("KAFKA_BROKERS", ports.address(Endpoint.KAFKA));
        environment.put("JWT_SECRET", jwtSecret);
        environment.put("DIGEST_KEYS", digestKeys);
        environment.put("USER_SERVICE_URL", ports.address(Endpoint.USER_SERVICE_GRPC));
        environment.put("DIARY_SERVICE_URL", ports.address(Endpoint.DIARY_SERVICE_GRPC));
        environment.put("PROJECTION_SERVICE_URL", ports.address(Endpoint.PROJECTION_SERVICE_GRPC));
        environment.put("MATCHING_SERVICE_URL", ports.address(Endpoint.MATCHING_SERVICE_GRPC));
        return environment;
    }
}
