package io.metachat.local.home;

import io.metachat.embedded.process.Ports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A port plan of free ports, so that tests can run next to a local system. */
public final class FreePorts {

    private FreePorts() {}

    public static PortPlan plan() {
        List<Integer> free = Ports.free(Endpoint.values().length);
        Map<String, String> environment = new HashMap<>();
        for (Endpoint endpoint : Endpoint.values()) {
            environment.put(endpoint.variable(), free.get(endpoint.ordinal()).toString());
        }
        return PortPlan.of(environment);
    }
}
