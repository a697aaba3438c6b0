package io.metachat.local.system;

import io.metachat.local.home.PortPlan;
import io.metachat.local.home.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs several services as Spring contexts of one JVM, each as its own main class starts it. Spring stops them when
 * this JVM is told to end. When one of them cannot start, the JVM ends.
 */
public final class ServicesMain {

    private ServicesMain() {}

    /** @param labels which services, as in "diary-service" */
    public static void main(String[] labels) throws InterruptedException {
        PortPlan ports = PortPlan.of(System.getenv());
        List<Service> services = Arrays.stream(labels).map(Service::of).toList();
        // The first alone: it sets up the logging, which is the whole JVM's.
        starting(services.get(0), ports).join();
        services.stream().skip(1).forEach(service -> starting(service, ports));
    }

    /** On a thread of its own, whose threads then are that service's and bear its name in the logs. */
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
            // The services that run already would keep this JVM alive.
            System.err.println(service.label() + " did not start: " + (e.getCause() == null ? e : e.getCause()));
            System.exit(1);
        }
    }

    /**
     * What a service alone is told by its environment, here by its command line. A variable's name does not stand
     * for Spring's property there, so the server's port is given by both names.
     */
    private static String[] arguments(Map<String, String> environment) {
        List<String> arguments = new ArrayList<>();
        environment.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        arguments.add("--server.port=" + environment.get("SERVER_PORT"));
        return arguments.toArray(String[]::new);
    }
}
