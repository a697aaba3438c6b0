package io.metachat.local.lifecycle;

import io.metachat.local.home.SystemState;
import io.metachat.local.terminal.Terminal;
import io.metachat.local.terminal.Terminal.Style;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says where the parts of a ready system are. */
final class Whereabouts {

    private Whereabouts() {}

    /** What is said when the system has become ready. */
    static void announce(Terminal terminal, SystemState state) {
        terminal.say(terminal.styled(Style.GOOD, "MetaChat is ready."));
        print(terminal, state);
        terminal.say("Next: ./metachat demo, ./metachat status, ./metachat logs -f, ./metachat down");
    }

    static void print(Terminal terminal, SystemState state) {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("API", "http://127.0.0.1:" + state.ports().get("gateway") + "/api/v1");
        places.put("API reference", "http://127.0.0.1:" + state.ports().get("gateway") + "/docs");
        places.put("EventStoreDB", "esdb://127.0.0.1:" + state.ports().get("eventstoredb") + "?tls=false");
        places.put("Cassandra", "127.0.0.1:" + state.ports().get("cassandra"));
        places.put("Kafka", "127.0.0.1:" + state.ports().get("kafka"));
        places.put("mood service", "http://127.0.0.1:" + state.ports().get("mood-service"));
        places.forEach(
                (name, place) -> terminal.say(terminal.styled(Style.STRONG, "  %-14s".formatted(name)) + " " + place));
    }
}
