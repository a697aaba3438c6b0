package io.metachat.domain.axon;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.registry.DomainEvents;
import io.metachat.domain.registry.EventType;
import io.metachat.service.json.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The stored form of every event. A file here is never changed: such events lie in stores for ever. */
class StoredEventsTest {

    private final JsonMapper json = EventJson.mapper();

    static Stream<EventType> types() {
        return DomainEvents.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldReadAndWriteBackEveryStoredRevision(EventType type) throws IOException {
        JsonNode stored = golden(type);

        DomainEvent event = json.treeToValue(stored, type.payload());

        assertThat(json.<JsonNode>valueToTree(event)).isEqualTo(stored);
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldHaveEveryComponentInItsFile(EventType type) throws IOException {
        assertThat(golden(type).propertyNames())
                .containsExactlyInAnyOrder(Stream.of(type.payload().getRecordComponents())
                        .map(RecordComponent::getName)
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldIgnoreWhatANewerRevisionMayAdd(EventType type) throws IOException {
        JsonNode stored = golden(type);
        JsonNode newer = ((ObjectNode) stored.deepCopy()).put("addedLater", true);

        assertThat(json.treeToValue(newer, type.payload())).isEqualTo(json.treeToValue(stored, type.payload()));
    }

    private JsonNode golden(EventType type) throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/events/" + type.stored() + ".json")) {
            assertThat(file).as("golden file of %s", type.stored()).isNotNull();
            return json.readTree(file);
        }
    }
}
