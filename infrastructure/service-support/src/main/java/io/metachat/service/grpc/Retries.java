package io.metachat.service.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.metachat.service.call.Backoff;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The methods that gRPC retries after UNAVAILABLE: only those whose repetition does no harm, such as queries. gRPC
 * backs off with jitter, within the call's deadline.
 */
public final class Retries {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    private static final Map<String, Object> POLICY = Map.of(
            "maxAttempts",
            4.0,
            "initialBackoff",
            seconds(BACKOFF.first()),
            "maxBackoff",
            seconds(BACKOFF.longest()),
            "backoffMultiplier",
            2.0,
            "retryableStatusCodes",
            List.of("UNAVAILABLE"));

    private final List<Map<String, String>> names;

    private Retries(List<Map<String, String>> names) {
        this.names = List.copyOf(names);
    }

    public static Retries none() {
        return new Retries(List.of());
    }

    /** Every method of a service. */
    public static Retries of(ServiceDescriptor... services) {
        List<Map<String, String>> names = new ArrayList<>();
        for (ServiceDescriptor service : services) {
            names.add(Map.of("service", service.getName()));
        }
        return new Retries(names);
    }

    public static Retries of(MethodDescriptor<?, ?>... methods) {
        List<Map<String, String>> names = new ArrayList<>();
        for (MethodDescriptor<?, ?> method : methods) {
            String service = method.getServiceName();
            String name = method.getBareMethodName();
            if (service != null && name != null) {
                names.add(Map.of("service", service, "method", name));
            }
        }
        return new Retries(names);
    }

    /** The service configuration of gRPC (gRFC A6). */
    Map<String, Object> serviceConfig() {
        return names.isEmpty()
                ? Map.of()
                : Map.of("methodConfig", List.of(Map.of("name", names, "retryPolicy", POLICY)));
    }

    /** The JSON form of a duration, as protocol buffers define it. */
    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString() + "s";
    }
}
