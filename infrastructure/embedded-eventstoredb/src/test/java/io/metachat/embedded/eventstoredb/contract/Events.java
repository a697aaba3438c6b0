package io.metachat.embedded.eventstoredb.contract;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ReadResult;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Short ways to make and to read events. */
final class Events {

    static final String TYPE = "contract.tested";

    private Events() {}

    static EventData event(String text) {
        return event(UUID.randomUUID(), text);
    }

    static EventData event(UUID id, String text) {
        return EventData.builderAsJson(id, TYPE, ("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8))
                .build();
    }

    static EventData[] events(int count) {
        List<EventData> events = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            events.add(event("number " + number));
        }
        return events.toArray(EventData[]::new);
    }

    static List<Long> revisions(EventStoreDBClient client, String stream) throws Exception {
        return read(client, stream, ReadStreamOptions.get().forwards().fromStart()).getEvents().stream()
                .map(event -> event.getOriginalEvent().getRevision())
                .toList();
    }

    static ReadResult read(EventStoreDBClient client, String stream, ReadStreamOptions options) throws Exception {
        return client.readStream(stream, options).get();
    }

    static List<UUID> ids(List<ResolvedEvent> events) {
        return events.stream()
                .map(event -> event.getOriginalEvent().getEventId())
                .toList();
    }

    /** What a call of the client failed with. */
    static Throwable failure(CompletableFuture<?> call) throws InterruptedException {
        try {
            call.get();
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
        throw new AssertionError("the call succeeded");
    }
}
