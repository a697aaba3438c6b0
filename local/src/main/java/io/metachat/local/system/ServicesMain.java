package io.metachat.local.system;

import io.metachat.local.home.PortPlan;
import io.metachat.local.home.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs several services in one JVM, each started by its own main class. Spring stops them when the JVM is terminated.
 * The JVM ends if one of them cannot start.
 */
public final class ServicesMain {

    private ServicesMain() {}

    /** @param labels the services' names, for example "diary-service" */
    public static void main(String[] labels) throws InterruptedException {
        PortPlan ports = PortPlan.of(System.getenv());
        List<Service> services = Arrays.stream(labels).map(Service::of).toList();
        // The first one starts alone, because it configures the logging of the whole JVM.
        starting(services.get(0), ports).join();
        services.stream().skip(1).forEach(service -> starting(service, ports));
    }

    /** Starts a service on a thread with its name, which the logs show. */
    private static Thread starting(Service service, PortPlan ports) {
        Thread thread = new Thread(() -> start(service, ports), service.label());
        thread.start();
        return thread;
    }

    private static void start(Service service, PortPlan ports) {
        try {
            Class.forName(service.mainClass()).getMethod("main", String[].class).invoke(null, (Object)
                    arguments(service.ownEnvironment(ports)));
        } catch (ReflectiveOperationException e) {
            // Without the exit, the services that already run would keep this JVM alive.
            System.err.println(service.label() + " did not start: " + (e.getCause() == null ? e : e.getCause()));
            System.exit(1);
        }
    }

    /**
     * Passes a service's environment variables on the command line, because the services share one environment. Spring
     * does not map variable names there, so the server's port also gets its property name.
     */
    private static String[] arguments(Map<String, String> environment) {
        List<String> arguments = new ArrayList<>();
        environment.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        arguments.add("--server.port=" + environment.get("SERVER_PORT"));
        return arguments.toArray(String[]::new);
    }
}
