package io.metachat.local.process;

import io.metachat.local.system.PortPlan;
import io.metachat.local.system.Service;
import java.lang.reflect.InvocationTargetException;
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
    public static void main(String[] labels) throws Exception {
        PortPlan ports = PortPlan.of(System.getenv());
        List<Service> services = Arrays.stream(labels).map(Service::of).toList();
        for (Service service : services) {
            start(service, arguments(service.ownEnvironment(ports)));
        }
    }

    private static void start(Service service, String[] arguments) throws Exception {
        try {
            Class.forName(service.mainClass()).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            System.err.println(service.label() + " did not start: " + e.getCause());
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
