package io.metachat.local.lifecycle;

import io.metachat.local.home.Endpoint;
import io.metachat.local.home.SystemState;
import io.metachat.local.terminal.Terminal;
import io.metachat.local.terminal.Terminal.Style;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints the addresses of a running system. */
final class Addresses {

    private Addresses() {}

    /** Prints that the system is ready, its addresses and the next commands. */
    static void announce(Terminal terminal, SystemState state) {
        terminal.print(terminal.styled(Style.GOOD, "MetaChat is ready."));
        print(terminal, state);
        terminal.print("Next: ./metachat demo, ./metachat status, ./metachat logs -f, ./metachat down");
    }

    static void print(Terminal terminal, SystemState state) {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("API", "http://127.0.0.1:" + state.portOf(Endpoint.GATEWAY) + "/api/v1");
        places.put("API reference", "http://127.0.0.1:" + state.portOf(Endpoint.GATEWAY) + "/docs");
        places.put("EventStoreDB", "esdb://127.0.0.1:" + state.portOf(Endpoint.EVENTSTOREDB) + "?tls=false");
        places.put("Cassandra", "127.0.0.1:" + state.portOf(Endpoint.CASSANDRA));
        places.put("Kafka", "127.0.0.1:" + state.portOf(Endpoint.KAFKA));
        places.put("mood service", "http://127.0.0.1:" + state.portOf(Endpoint.MOOD_SERVICE));
        places.forEach((name, place) ->
                terminal.print(terminal.styled(Style.STRONG, "  %-14s".formatted(name)) + " " + place));
    }
}
