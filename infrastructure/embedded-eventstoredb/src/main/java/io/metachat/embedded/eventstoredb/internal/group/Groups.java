package io.metachat.embedded.eventstoredb.internal.group;

import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.commit.LogWriter;
import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.read.Checkpoints;
import io.metachat.embedded.eventstoredb.internal.read.Direction;
import io.metachat.embedded.eventstoredb.internal.read.EventFilter;
import io.metachat.embedded.eventstoredb.internal.read.EventSource;
import io.metachat.embedded.eventstoredb.internal.read.Reads;
import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;
import io.metachat.embedded.eventstoredb.internal.rules.ProposedEvent;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All groups of the server. A system stream stores their definitions, so that they survive a restart. */
public final class Groups {

    private static final String CONFIGURATION_STREAM = "$persistentSubscriptionConfig";
    private static final String CONFIGURATION_TYPE = "$PersistentConfig";
    private static final int SEARCH_WINDOW = 1_000;
    private static final int TICK_MILLIS = 200;

    private final LogWriter writer;
    private final EventReader reader;
    private final Reads reads;
    private final GroupJournal journal;
    private final Clock clock;
    private final Executor executor;
    private final Map<GroupId, Group> groups = new LinkedHashMap<>();

    public Groups(
            LogWriter writer,
            EventReader reader,
            Reads reads,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.writer = writer;
        this.reader = reader;
        this.reads = reads;
        this.clock = clock;
        this.executor = executor;
        journal = new GroupJournal(writer, reader, reads);
        startAll();
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @throws GroupException if the group exists */
    public synchronized void create(GroupId id, GroupSettings settings) {
        if (groups.containsKey(id)) {
            throw new GroupException(GroupException.Reason.EXISTS, id);
        }
        GroupSettings definite = withDefiniteStart(id, settings);
        journal.prepare(id).join();
        start(id, definite, Progress.NOTHING);
        save();
    }

    /**
     * Disconnects the group's consumers, which may reconnect to the changed group. @throws GroupException when it is
     * missing
     */
    public synchronized void update(GroupId id, GroupSettings settings) {
        GroupSettings old = find(id).settings();
        GroupSettings definite = withDefiniteStart(id, keepingFilter(settings, old));
        stop(id, GroupException.Reason.DROPPED);
        start(id, definite, journal.checkpoint(id));
        save();
    }

    /** @throws GroupException when it is missing */
    public synchronized void delete(GroupId id) {
        find(id);
        stop(id, GroupException.Reason.DROPPED);
        journal.forget(id);
        save();
    }

    /** @throws GroupException when it is missing */
    public synchronized Group find(GroupId id) {
        Group group = groups.get(id);
        if (group == null) {
            throw new GroupException(GroupException.Reason.DOES_NOT_EXIST, id);
        }
        return group;
    }

    public synchronized List<Group> all() {
        return List.copyOf(groups.values());
    }

    /** Disconnects all consumers and starts again from the stored state. */
    public synchronized void restart() {
        stopAll(GroupException.Reason.DROPPED);
        startAll();
    }

    /** Stops all groups, for the server's shutdown. */
    public void stop() {
        stopAll(GroupException.Reason.STOPPING);
    }

    private synchronized void stopAll(GroupException.Reason reason) {
        List.copyOf(groups.keySet()).forEach(id -> stop(id, reason));
    }

    private void startAll() {
        stored().forEach(group -> {
            GroupId id = new GroupId(group.stream(), group.name());
            start(id, group.settings(), journal.checkpoint(id));
        });
    }

    private void start(GroupId id, GroupSettings settings, long checkpoint) {
        EventSource source = source(id, settings, checkpoint);
        Group group = new Group(id, settings, source, journal, checkpoint, clock, executor);
        groups.put(id, group);
        writer.end().add(group);
    }

    private void stop(GroupId id, GroupException.Reason reason) {
        Group group = groups.remove(id);
        if (group != null) {
            writer.end().remove(group);
            awaitStored(group.drop(reason));
        }
    }

    /** Unstored progress only causes redelivery, which consumers must expect anyway. */
    private static void awaitStored(CompletableFuture<?> checkpoint) {
        checkpoint.handle((stored, failure) -> failure == null).join();
    }

    private EventSource source(GroupId id, GroupSettings settings, long checkpoint) {
        long start = checkpoint == Progress.NOTHING ? settings.startFrom() : checkpoint + 1;
        if (!id.stream().equals(StreamNames.ALL)) {
            return reads.stream(id.stream(), Direction.FORWARDS, start, settings.resolveLinks());
        }
        GroupSettings.Filter wanted = settings.filter();
        EventFilter filter = wanted.isGiven()
                ? EventFilter.by(
                        wanted.byType() ? EventFilter.Subject.TYPE : EventFilter.Subject.STREAM,
                        wanted.regex(),
                        wanted.prefixes())
                : EventFilter.EVERYTHING;
        return reads.all(Direction.FORWARDS, start, filter, Checkpoints.every(SEARCH_WINDOW), settings.resolveLinks());
    }

    /** Replaces "from the end" by the current end. Otherwise a restart would skip events. */
    private GroupSettings withDefiniteStart(GroupId id, GroupSettings settings) {
        if (settings.startFrom() != GroupSettings.FROM_END) {
            return settings;
        }
        long end = id.stream().equals(StreamNames.ALL) ? writer.end().position() : reads.nextRevision(id.stream());
        return settings.startingFrom(end);
    }

    private static GroupSettings keepingFilter(GroupSettings settings, GroupSettings old) {
        return settings.withFilter(old.filter());
    }

    private List<GroupJson.StoredGroup> stored() {
        long last = reads.nextRevision(CONFIGURATION_STREAM) - 1;
        return last < 0
                ? List.of()
                : reader.at(CONFIGURATION_STREAM, last)
                        .map(StoredEvent::data)
                        .map(json -> GroupJson.read(json.toByteArray()))
                        .orElse(List.of());
    }

    private void save() {
        List<GroupJson.StoredGroup> all = groups.values().stream()
                .map(group -> new GroupJson.StoredGroup(
                        group.id().stream(), group.id().name(), group.settings()))
                .toList();
        ProposedEvent event = new ProposedEvent(
                UUID.randomUUID(),
                CONFIGURATION_TYPE,
                "application/json",
                ByteString.copyFrom(GroupJson.write(all)),
                ByteString.EMPTY);
        WriteOutcome outcome = writer.submit(
                        new WriteCommand.Append(CONFIGURATION_STREAM, ExpectedRevision.ANY, List.of(event)))
                .join();
        if (!(outcome instanceof WriteOutcome.Written)) {
            throw new IllegalStateException("the groups could not be saved");
        }
    }

    private void tick() {
        all().forEach(group -> executor.execute(group::tick));
    }
}
