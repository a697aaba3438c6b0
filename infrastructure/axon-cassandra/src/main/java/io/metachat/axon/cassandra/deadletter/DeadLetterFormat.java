package io.metachat.axon.cassandra.deadletter;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.axon.cassandra.connection.Serialization;
import io.metachat.axon.cassandra.connection.Serialization.Serialized;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * Converts dead letters to columns and back. A payload is deserialized when it is read, not earlier: an unreadable payload is a
 * frequent reason for parking, and its letter must still be listed and discarded.
 *
 * @param events the serializer of payloads and metadata
 * @param names the stored names of payload types
 * @param general the serializer of tokens and diagnostics
 */
record DeadLetterFormat(Serializer events, PayloadTypeNames names, Serialization general) {

    /** The columns of a letter, in the order in which {@link #values} gives their values. */
    static final List<String> COLUMNS = List.of(
            "message_id",
            "message_kind",
            "message_time",
            "payload",
            "payload_type",
            "payload_revision",
            "metadata",
            "metadata_type",
            "aggregate_type",
            "aggregate_id",
            "sequence_number",
            "tracking_token",
            "tracking_token_type",
            "cause_type",
            "cause_message",
            "diagnostics",
            "diagnostics_type",
            "enqueued_at",
            "last_touched");

    private enum Kind {
        EVENT,
        DOMAIN_EVENT,
        TRACKED_EVENT,
        TRACKED_DOMAIN_EVENT;

        static Kind of(EventMessage<?> message) {
            boolean tracked = message instanceof TrackedEventMessage<?>;
            if (message instanceof DomainEventMessage<?>) {
                return tracked ? TRACKED_DOMAIN_EVENT : DOMAIN_EVENT;
            }
            return tracked ? TRACKED_EVENT : EVENT;
        }
    }

    List<@Nullable Object> values(DeadLetter<? extends EventMessage<?>> letter) {
        EventMessage<?> message = letter.message();
        SerializedObject<byte[]> payload = message.serializePayload(events, byte[].class);
        SerializedObject<byte[]> metadata = message.serializeMetaData(events, byte[].class);
        DomainEventMessage<?> domain = message instanceof DomainEventMessage<?> event ? event : null;
        Serialized token =
                general.write(message instanceof TrackedEventMessage<?> event ? event.trackingToken() : null);
        return new ArrayList<>(Arrays.asList(
                message.getIdentifier(),
                Kind.of(message).name(),
                message.getTimestamp().toString(),
                ByteBuffer.wrap(payload.getData()),
                names.toStored(payload.getType().getName()),
                payload.getType().getRevision(),
                ByteBuffer.wrap(metadata.getData()),
                metadata.getType().getName(),
                domain == null ? null : domain.getType(),
                domain == null ? null : domain.getAggregateIdentifier(),
                domain == null ? null : domain.getSequenceNumber(),
                token.data(),
                token.type(),
                causeType(letter),
                causeMessage(letter),
                diagnostics(letter).data(),
                diagnostics(letter).type(),
                letter.enqueuedAt(),
                letter.lastTouched()));
    }

    Serialized diagnostics(DeadLetter<?> letter) {
        return general.write(letter.diagnostics());
    }

    static @Nullable String causeType(DeadLetter<?> letter) {
        return letter.cause().map(Cause::type).orElse(null);
    }

    static @Nullable String causeMessage(DeadLetter<?> letter) {
        return letter.cause().map(Cause::message).orElse(null);
    }

    CassandraDeadLetter letter(Row row) {
        String causeType = row.getString("cause_type");
        MetaData diagnostics = general.read(row, "diagnostics");
        return new CassandraDeadLetter(
                Objects.requireNonNull(row.getString("sequence_id")),
                row.getLong("letter_index"),
                message(row),
                causeType == null ? null : new ThrowableCause(causeType, row.getString("cause_message")),
                Objects.requireNonNull(row.getInstant("enqueued_at")),
                Objects.requireNonNull(row.getInstant("last_touched")),
                diagnostics == null ? MetaData.emptyInstance() : diagnostics);
    }

    private EventMessage<?> message(Row row) {
        SerializedMessage<Object> message = new SerializedMessage<>(
                Objects.requireNonNull(row.getString("message_id")),
                serialized(row, "payload", names.fromStored(type(row, "payload")), row.getString("payload_revision")),
                serialized(row, "metadata", type(row, "metadata"), null),
                events);
        Instant time = Instant.parse(Objects.requireNonNull(row.getString("message_time")));
        return switch (Kind.valueOf(Objects.requireNonNull(row.getString("message_kind")))) {
            case EVENT -> new GenericEventMessage<>(message, () -> time);
            case DOMAIN_EVENT -> domainEvent(row, message, time);
            case TRACKED_EVENT -> new GenericTrackedEventMessage<>(token(row), message, () -> time);
            case TRACKED_DOMAIN_EVENT ->
                new GenericTrackedDomainEventMessage<>(token(row), domainEvent(row, message, time));
        };
    }

    private static GenericDomainEventMessage<Object> domainEvent(
            Row row, SerializedMessage<Object> message, Instant time) {
        return new GenericDomainEventMessage<>(
                row.getString("aggregate_type"),
                row.getString("aggregate_id"),
                row.getLong("sequence_number"),
                message,
                () -> time);
    }

    private @Nullable TrackingToken token(Row row) {
        return general.read(row, "tracking_token");
    }

    private static String type(Row row, String column) {
        return Objects.requireNonNull(row.getString(column + "_type"));
    }

    private static SerializedObject<byte[]> serialized(Row row, String column, String type, @Nullable String revision) {
        return new SimpleSerializedObject<>(
                Serialization.bytes(Objects.requireNonNull(row.getByteBuffer(column))),
                byte[].class,
                new SimpleSerializedType(type, revision));
    }
}
