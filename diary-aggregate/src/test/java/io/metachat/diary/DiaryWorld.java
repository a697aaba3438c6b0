package io.metachat.diary;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import io.metachat.domain.UserId;
import io.metachat.proto.v1.EditEntryRequest;
import io.metachat.proto.v1.WriteEntryRequest;
import io.metachat.service.json.EventJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One person's diary, and what of it can be seen from outside: in the store and on the topics. */
final class DiaryWorld {

    static final String EVENTS = "metachat.diary.events";
    static final String ANALYSES = "metachat.mood.analyses";
    static final String ANALYSED = "metachat.mood.EntryAnalysed.v1";

    final UserId anna = new UserId(UUID.randomUUID());
    final Topics topics;
    private final JsonMapper json = EventJson.mapper();
    private final EventStoreDBClient store;

    DiaryWorld(EventStoreDBClient store, String brokers) {
        this.store = store;
        this.topics = new Topics(brokers);
    }

    String write(RunningDiaryService service, String title) {
        return service.call(anna, stub -> stub.writeEntry(entry(title, "It is warm.")))
                .value()
                .getEntryId();
    }

    static WriteEntryRequest entry(String title, String text) {
        return WriteEntryRequest.newBuilder()
                .setTitle(title)
                .setText(text)
                .addTags("sun")
                .build();
    }

    static EditEntryRequest edit(String entry, int revision, String text) {
        return EditEntryRequest.newBuilder()
                .setEntryId(entry)
                .setExpectedRevision(revision)
                .setText(text)
                .build();
    }

    byte[] analysis(String entry, int revision, String model) {
        return analysis(anna, entry, revision, model);
    }

    byte[] analysis(UserId user, String entry, int revision, String model) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("userId", user.toString());
        result.put("entryId", entry);
        result.put("entryRevision", revision);
        result.put("status", "analysed");
        result.put(
                "emotions",
                Map.of(
                        "joy",
                        0.8,
                        "trust",
                        0.4,
                        "fear",
                        0,
                        "surprise",
                        0.1,
                        "sadness",
                        0,
                        "disgust",
                        0,
                        "anger",
                        0,
                        "anticipation",
                        0.3));
        result.put("dominant", "joy");
        result.put("valence", 0.5);
        result.put("arousal", 0.25);
        result.put("confidence", 0.75);
        result.put("reason", null);
        result.put("topics", List.of(Map.of("name", "nature", "weight", 0.75)));
        result.put("keywords", List.of("warm"));
        result.put("evidence", List.of(Map.of("start", 0, "end", 11)));
        result.put("modelVersion", model);
        result.put("analysedAt", Instant.now().toString());
        return json.writeValueAsBytes(result);
    }

    String diary() {
        return anna.diary().stream();
    }

    List<ConsumerRecord<String, byte[]>> published(int count) {
        return topics.await(EVENTS, count, record -> diary().equals(record.key()));
    }

    List<String> analysedEntries() {
        return stream().stream()
                .filter(event -> event.getEventType().equals("metachat.diary.EntryAnalysed.v1"))
                .map(event -> content(event).get("entryId").asString())
                .toList();
    }

    List<String> types() {
        return stream().stream().map(RecordedEvent::getEventType).toList();
    }

    List<RecordedEvent> stream() {
        return read(diary());
    }

    List<RecordedEvent> read(String stream) {
        try {
            return store.readStream(stream, ReadStreamOptions.get()).get().getEvents().stream()
                    .map(event -> event.getOriginalEvent())
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StreamNotFoundException) {
                return List.of();
            }
            throw new IllegalStateException(e);
        }
    }

    JsonNode content(RecordedEvent event) {
        return json.readTree(event.getEventData());
    }
}
