package io.metachat.service.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.service.call.MetadataKeys;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.Message;
import org.junit.jupiter.api.Test;

class MessageCorrelationTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final MessageCorrelation correlation = new MessageCorrelation("diary-service");

    @Test
    void shouldNameTheClientsCommandAsTheCauseOfItsEvents() {
        Message<?> command = command(Map.of(
                MetadataKeys.CORRELATION_ID,
                "order-7",
                MetadataKeys.TRACEPARENT,
                TRACE,
                MetadataKeys.IDEMPOTENCY_KEY,
                "key-1",
                MetadataKeys.IDEMPOTENCY_FINGERPRINT,
                "0".repeat(64)));

        assertThat(data(command))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        MetadataKeys.CORRELATION_ID,
                        "order-7",
                        MetadataKeys.CAUSATION_ID,
                        command.getIdentifier(),
                        MetadataKeys.TRACEPARENT,
                        TRACE,
                        MetadataKeys.IDEMPOTENCY_KEY,
                        "key-1",
                        MetadataKeys.IDEMPOTENCY_FINGERPRINT,
                        "0".repeat(64)));
    }

    @Test
    void shouldNameTheEventBehindACommandAsTheCause() {
        EventMessage<?> event = new GenericEventMessage<>("payload", Map.of(MetadataKeys.CORRELATION_ID, "order-7"));

        Message<?> command = command(data(event));

        assertThat(data(command))
                .containsEntry(MetadataKeys.CORRELATION_ID, "order-7")
                .containsEntry(MetadataKeys.CAUSATION_ID, event.getIdentifier());
    }

    @Test
    void shouldNotHandAKeyOnFromAnEvent() {
        EventMessage<?> event = new GenericEventMessage<>("payload", Map.of(MetadataKeys.IDEMPOTENCY_KEY, "key-1"));

        assertThat(data(event)).doesNotContainKey(MetadataKeys.IDEMPOTENCY_KEY);
    }

    @Test
    void shouldStartWithAMessageThatHasNone() {
        EventMessage<?> event = new GenericEventMessage<>("payload");

        assertThat(data(event))
                .containsEntry(MetadataKeys.CORRELATION_ID, event.getIdentifier())
                .containsKey(MetadataKeys.TRACEPARENT);
    }

    private Map<String, Object> data(Message<?> message) {
        return new HashMap<>(correlation.correlationDataFor(message));
    }

    private static Message<?> command(Map<String, ?> metadata) {
        return GenericCommandMessage.asCommandMessage("payload").withMetaData(metadata);
    }
}
