package io.metachat.system;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the event store holds, read by the official client past everything that is ours. */
final class StoredEvents implements AutoCloseable {

    private final EventStoreDBClient client;
    private final JsonMapper json = new JsonMapper();

    StoredEvents(MetaChatSystem system) {
        client = EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(system.eventStoreUrl()));
    }

    /** One stored event. */
    record Stored(String type, JsonNode data) {}

    List<Stored> ofDiary(String userId) throws ExecutionException, InterruptedException {
        return client
                .readStream(
                        "diary-" + userId, ReadStreamOptions.get().fromStart().forwards())
                .get()
                .getEvents()
                .stream()
                .map(ResolvedEvent::getOriginalEvent)
                .map(event -> new Stored(event.getEventType(), json.readTree(event.getEventData())))
                .toList();
    }

    /** The same for somebody who may never have written: then there is no stream. */
    List<Stored> ofDiaryOrNothing(String userId) throws ExecutionException, InterruptedException {
        try {
            return ofDiary(userId);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StreamNotFoundException) {
                return List.of();
            }
            throw failed;
        }
    }

    /** How many events of a type there are, whoever they are about. */
    long countOf(String type) throws ExecutionException, InterruptedException {
        try {
            return client.readStream(
                                    "$et-" + type,
                                    ReadStreamOptions.get()
                                            .fromEnd()
                                            .backwards()
                                            .maxCount(1)
                                            .resolveLinkTos(false))
                            .get()
                            .getEvents()
                            .get(0)
                            .getOriginalEvent()
                            .getRevision()
                    + 1;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StreamNotFoundException) {
                return 0;
            }
            throw failed;
        }
    }

    /** How often each of a type says something of an entry. */
    long count(String userId, String type, String entryId) throws ExecutionException, InterruptedException {
        return ofDiary(userId).stream()
                .filter(event -> event.type().equals(type))
                .filter(event -> event.data().at("/entryId").asString("").equals(entryId))
                .count();
    }

    @Override
    public void close() throws ExecutionException, InterruptedException {
        client.shutdown().get();
    }
}
