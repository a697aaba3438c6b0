package io.metachat.local.home;

import java.util.Locale;

/** All listening endpoints of a local MetaChat, each with its default port. */
public enum Endpoint {
    GATEWAY(8080),
    GATEWAY_MANAGEMENT(9080),
    USER_SERVICE(8081),
    USER_SERVICE_GRPC(50051),
    DIARY_SERVICE(8082),
    DIARY_SERVICE_GRPC(50052),
    PROJECTION_SERVICE(8083),
    PROJECTION_SERVICE_GRPC(50053),
    MATCHING_SERVICE(8084),
    MATCHING_SERVICE_GRPC(50054),
    MOOD_SERVICE(8085),
    EVENTSTOREDB(2113),
    CASSANDRA(9042),
    CASSANDRA_STORAGE(7000),
    KAFKA(9092),
    KAFKA_CONTROLLER(9093);

    private final int usualPort;

    Endpoint(int usualPort) {
        this.usualPort = usualPort;
    }

    public int usualPort() {
        return usualPort;
    }

    /** Returns the name for people, for example "user-service-grpc". */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the environment variable that changes this port only. */
    public String variable() {
        return "METACHAT_PORT_" + name();
    }
}
