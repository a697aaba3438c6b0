package io.metachat.service.defaults;

import io.metachat.service.call.DigestKeys;
import io.metachat.service.security.JwtProperties;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The environment variables of MetaChat's services, with the form of a valid value. */
enum Setting {
    EVENTSTORE_URL("such as esdb://127.0.0.1:2113?tls=false", matching("(esdb|kurrentdb)(\\+discover)?://\\S+")),
    CASSANDRA_HOSTS("host:port, several separated by commas", addresses()),
    KAFKA_BROKERS("host:port, several separated by commas", addresses()),
    JWT_SECRET("a secret of at least 32 bytes, the same for all services", Setting::isLongEnough),
    DIGEST_KEYS(DigestKeys.FORM, DigestKeys::isValid),
    USER_SERVICE_URL("host:port of its gRPC server", target()),
    DIARY_SERVICE_URL("host:port of its gRPC server", target()),
    PROJECTION_SERVICE_URL("host:port of its gRPC server", target()),
    MATCHING_SERVICE_URL("host:port of its gRPC server", target()),
    SERVER_PORT("a port from 0 to 65535", Setting::isPort),
    GRPC_PORT("a port from 0 to 65535", Setting::isPort),
    MANAGEMENT_PORT("a port from 0 to 65535", Setting::isPort);

    private final String form;
    private final Predicate<String> valid;

    Setting(String form, Predicate<String> valid) {
        this.form = form;
        this.valid = valid;
    }

    /** Returns the fault as a sentence that names the variable and never its value. */
    Optional<String> fault(String value) {
        if (value.isBlank()) {
            return Optional.of("%s is not set: it must be %s.".formatted(name(), form));
        }
        return valid.test(value)
                ? Optional.empty()
                : Optional.of("%s is not valid: it must be %s.".formatted(name(), form));
    }

    private static String address() {
        return "(\\[[0-9A-Fa-f:]+\\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?";
    }

    private static Predicate<String> matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private static Predicate<String> addresses() {
        return matching(address() + "(\\s*,\\s*" + address() + ")*");
    }

    private static Predicate<String> target() {
        return matching("(http://|[a-z]+:///)?" + address() + "/?");
    }

    private static boolean isLongEnough(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length >= JwtProperties.SHORTEST_SECRET;
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535;
    }
}
