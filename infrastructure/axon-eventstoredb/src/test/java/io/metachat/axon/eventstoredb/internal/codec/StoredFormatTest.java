package io.metachat.axon.eventstoredb.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventData;
import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.axon.eventstoredb.StreamNames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;

/** The stored format of events, snapshots and tokens. A change here makes stored data unreadable. */
class StoredFormatTest {

    private static final String ID = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736";
    private static final Instant PUBLISHED = Instant.parse("2026-03-04T05:06:07.089Z");

    record Noted(String text) {}

    private final StreamNames names = new StreamNames("app-", "shop");
    private final EventCodec codec = new EventCodec(names, "traceId", "correlationId");
    private final Serializer json = Jackson3Serializer.builder().build();
    private final Serializer events = new LogicalTypeSerializer(
            json,
            EventTypeRegistry.builder().register("shop.Noted", 3, Noted.class).build());

    @Test
    void shouldKeepTheFormatOfEvents() {
        EventData stored = codec.encode(noted(ID, Map.of("traceId", "order-7")), events);
        assertThat(stored.getEventId()).isEqualTo(UUID.fromString(ID));
        assertThat(stored.getEventType()).isEqualTo("shop.Noted.v3");
        assertThat(stored.getContentType()).isEqualTo("application/json");
        assertThat(text(stored.getEventData())).isEqualTo("{\"text\":\"tea\"}");
        assertThat(text(stored.getUserMetadata()))
                .isEqualTo("{\"$correlationId\":\"order-7\",\"axon-timestamp\":\"2026-03-04T05:06:07.089Z\","
                        + "\"axon-type\":\"Notebook\"}");
    }

    @Test
    void shouldKeepTheFormatOfOtherIdentifiersAndOfCausation() {
        EventData stored = codec.encode(noted("chosen name", Map.of("correlationId", "command-9")), events);
        assertThat(stored.getEventId()).isEqualTo(UUID.fromString("e79810fc-74e2-38a9-be67-11d5683667d9"));
        assertThat(text(stored.getUserMetadata()))
                .isEqualTo("{\"$causationId\":\"command-9\",\"axon-timestamp\":\"2026-03-04T05:06:07.089Z\","
                        + "\"axon-id\":\"chosen name\",\"axon-type\":\"Notebook\"}");
    }

    @Test
    void shouldKeepTheFormatOfSnapshots() {
        EventData stored = codec.encodeSnapshot(noted(ID, Map.of()), json);
        assertThat(stored.getEventType()).isEqualTo("snapshot");
        assertThat(text(stored.getUserMetadata()))
                .isEqualTo("{\"axon-timestamp\":\"2026-03-04T05:06:07.089Z\",\"axon-type\":\"Notebook\","
                        + "\"axon-snapshot-type\":\"" + Noted.class.getName() + "\",\"axon-snapshot-sequence\":5}");
    }

    @Test
    void shouldKeepTheNamesOfStreams() {
        assertThat(names.aggregate("user-1")).isEqualTo("app-user-1");
        assertThat(names.snapshot("user-1")).isEqualTo("app-snapshot-user-1");
        assertThat(names.withoutAggregate()).isEqualTo("app-event-shop");
        assertThat(names.timeIndex()).isEqualTo("app-timeindex-all");
    }

    /** The token store holds the name of the token's class: it must remain Axon's. */
    @Test
    void shouldKeepTheTypeOfTokens() {
        Object token = Positions.token(OptionalLong.of(4711));
        assertThat(json.serialize(token, String.class).getType().getName())
                .isEqualTo("org.axonframework.eventhandling.GlobalSequenceTrackingToken");
        assertThat(json.serialize(token, String.class).getData()).isEqualTo("{\"globalIndex\":4711}");
    }

    private static DomainEventMessage<Noted> noted(String identifier, Map<String, ?> metaData) {
        return new GenericDomainEventMessage<>(
                "Notebook", "user-1", 5, new Noted("tea"), MetaData.from(metaData), identifier, PUBLISHED);
    }

    private static String text(byte[] stored) {
        return new String(stored, StandardCharsets.UTF_8);
    }
}
