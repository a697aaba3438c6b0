package io.metachat.embedded.eventstoredb.internal.group;

import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.commit.LogWriter;
import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.read.Direction;
import io.metachat.embedded.eventstoredb.internal.read.EventSource;
import io.metachat.embedded.eventstoredb.internal.read.Reads;
import io.metachat.embedded.eventstoredb.internal.read.ResolvedEvent;
import io.metachat.embedded.eventstoredb.internal.read.StreamView;
import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;
import io.metachat.embedded.eventstoredb.internal.rules.ProposedEvent;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import io.metachat.embedded.eventstoredb.internal.stream.EventTypes;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The groups' own data, stored in system streams of the log: their progress, and links to parked events. */
final class GroupJournal {

    private static final String CHECKPOINT_TYPE = "$SubscriptionCheckpoint";
    private static final String JSON = "application/json";
    private static final String BINARY = "application/octet-stream";

    private final LogWriter writer;
    private final EventReader reader;
    private final Reads reads;

    GroupJournal(LogWriter writer, EventReader reader, Reads reads) {
        this.writer = writer;
        this.reader = reader;
        this.reads = reads;
    }

    /** Returns the last checkpoint, or {@link Progress#NOTHING}. */
    long checkpoint(GroupId group) {
        return last(group.checkpointStream())
                .map(event -> Long.parseLong(event.data().toStringUtf8()))
                .orElse(Progress.NOTHING);
    }

    CompletableFuture<WriteOutcome> writeCheckpoint(GroupId group, long order) {
        return append(
                group.checkpointStream(),
                event(CHECKPOINT_TYPE, JSON, ByteString.copyFromUtf8(Long.toString(order)), ByteString.EMPTY));
    }

    /** Limits the length of the checkpoint stream. */
    CompletableFuture<WriteOutcome> prepare(GroupId group) {
        return setMetadata(group.checkpointStream(), "{\"$maxCount\":1}");
    }

    CompletableFuture<WriteOutcome> park(GroupId group, StoredEvent event, String reason) {
        String address = event.revision() + "@" + event.stream();
        return append(
                group.parkedStream(),
                event(
                        EventTypes.LINK,
                        BINARY,
                        ByteString.copyFromUtf8(address),
                        ByteString.copyFromUtf8(GroupJson.object("reason", reason))));
    }

    /** Returns the parked events, oldest first. */
    EventSource parked(GroupId group) {
        return reads.stream(group.parkedStream(), Direction.FORWARDS, 0, true);
    }

    long parkedCount(GroupId group) {
        return reads.view(group.parkedStream()) instanceof StreamView.Visible visible
                ? Math.max(0, visible.last() - visible.first() + 1)
                : 0;
    }

    CompletableFuture<WriteOutcome> forgetParkedUpTo(GroupId group, ResolvedEvent last) {
        return setMetadata(group.parkedStream(), "{\"$tb\":" + (last.original().revision() + 1) + "}");
    }

    /** Deletes the group's data, so that a later group of the same name starts from scratch. */
    void forget(GroupId group) {
        writer.submit(new WriteCommand.SoftDelete(group.checkpointStream(), ExpectedRevision.ANY));
        writer.submit(new WriteCommand.SoftDelete(group.parkedStream(), ExpectedRevision.ANY));
    }

    private Optional<StoredEvent> last(String stream) {
        return reads.view(stream) instanceof StreamView.Visible visible
                ? reader.at(stream, visible.last())
                : Optional.empty();
    }

    private CompletableFuture<WriteOutcome> setMetadata(String stream, String json) {
        return append(
                StreamNames.metadataOf(stream),
                event(EventTypes.METADATA, JSON, ByteString.copyFromUtf8(json), ByteString.EMPTY));
    }

    private CompletableFuture<WriteOutcome> append(String stream, ProposedEvent event) {
        return writer.submit(new WriteCommand.Append(stream, ExpectedRevision.ANY, List.of(event)));
    }

    private static ProposedEvent event(String type, String contentType, ByteString data, ByteString metadata) {
        return new ProposedEvent(UUID.randomUUID(), type, contentType, data, metadata);
    }
}
