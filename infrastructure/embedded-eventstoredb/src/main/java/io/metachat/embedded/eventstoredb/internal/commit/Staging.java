package io.metachat.embedded.eventstoredb.internal.commit;

import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.rules.ProposedEvent;
import io.metachat.embedded.eventstoredb.internal.rules.StreamState;
import io.metachat.embedded.eventstoredb.internal.rules.StreamStates;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import io.metachat.embedded.eventstoredb.internal.stream.EventTypes;
import io.metachat.embedded.eventstoredb.internal.stream.Revisions;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StreamMetadata;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import io.metachat.embedded.eventstoredb.internal.stream.Ticks;
import java.time.Clock;
import java.util.UUID;

/** Converts an accepted command into events of a commit group. */
final class Staging {

    private static final String JSON = "application/json";
    private static final String BINARY = "application/octet-stream";

    private final EventReader reader;
    private final StreamStates states;
    private final Clock clock;
    private long lastTicks;

    Staging(EventReader reader, StreamStates states, Clock clock, long lastTicks) {
        this.reader = reader;
        this.states = states;
        this.clock = clock;
        this.lastTicks = lastTicks;
    }

    WriteOutcome stage(WriteCommand command, CommitGroup group) {
        long ticks = nextTicks();
        if (command instanceof WriteCommand.Append append) {
            return append(append, group, ticks);
        }
        if (command instanceof WriteCommand.SoftDelete) {
            return softDelete(command.stream(), group, ticks);
        }
        return tombstone(command.stream(), group, ticks);
    }

    private WriteOutcome append(WriteCommand.Append append, CommitGroup group, long ticks) {
        String stream = append.stream();
        StreamState state = states.of(stream);
        long revision = state.lastRevision();
        if (state.deletedMetadata() != null) {
            ByteString undeleted = StreamMetadata.withTruncateBefore(state.deletedMetadata(), revision + 1);
            writeMetadata(stream, undeleted, group, ticks);
        }
        long position = group.end();
        for (ProposedEvent event : append.events()) {
            revision++;
            position = group.end();
            group.stage(new StoredEvent(
                    position,
                    stream,
                    revision,
                    event.id(),
                    event.type(),
                    event.contentType(),
                    ticks,
                    event.data(),
                    event.metadata()));
        }
        return new WriteOutcome.Written(revision, position);
    }

    private WriteOutcome softDelete(String stream, CommitGroup group, long ticks) {
        long metadataRevision = states.of(stream).metadataRevision();
        ByteString metadata = metadataRevision == Revisions.NONE
                ? ByteString.EMPTY
                : reader.at(StreamNames.metadataOf(stream), metadataRevision)
                        .map(StoredEvent::data)
                        .orElse(ByteString.EMPTY);
        ByteString deleted = StreamMetadata.withTruncateBefore(metadata, StreamMetadata.SOFT_DELETED);
        return writeMetadata(stream, deleted, group, ticks);
    }

    private WriteOutcome tombstone(String stream, CommitGroup group, long ticks) {
        StoredEvent tombstone = new StoredEvent(
                group.end(),
                stream,
                Revisions.TOMBSTONE,
                UUID.randomUUID(),
                EventTypes.TOMBSTONE,
                BINARY,
                ticks,
                ByteString.EMPTY,
                ByteString.EMPTY);
        group.stage(tombstone);
        return new WriteOutcome.Written(tombstone.revision(), tombstone.position());
    }

    private WriteOutcome writeMetadata(String stream, ByteString json, CommitGroup group, long ticks) {
        StoredEvent metadata = new StoredEvent(
                group.end(),
                StreamNames.metadataOf(stream),
                states.of(stream).metadataRevision() + 1,
                UUID.randomUUID(),
                EventTypes.METADATA,
                JSON,
                ticks,
                json,
                ByteString.EMPTY);
        group.stage(metadata);
        return new WriteOutcome.Written(metadata.revision(), metadata.position());
    }

    /** Time never decreases in the log, even if the machine's clock is set back. Searches by time rely on it. */
    private long nextTicks() {
        lastTicks = Math.max(lastTicks, Ticks.of(clock.instant()));
        return lastTicks;
    }
}
