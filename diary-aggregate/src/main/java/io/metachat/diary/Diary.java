package io.metachat.diary;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.metachat.diary.entry.EntryContent;
import io.metachat.diary.entry.EntryIndex;
import io.metachat.diary.entry.LiveEntry;
import io.metachat.diary.entry.LiveEntry.Analysed;
import io.metachat.diary.mood.AnalysisOutcome;
import io.metachat.diary.mood.MoodShift;
import io.metachat.diary.mood.MoodWindow;
import io.metachat.diary.packed.PackedInput;
import io.metachat.diary.packed.PackedOutput;
import io.metachat.diary.session.SessionContent;
import io.metachat.diary.session.Sessions;
import io.metachat.diary.session.Sessions.OpenSession;
import io.metachat.domain.EntryId;
import io.metachat.domain.IdempotencyLedger;
import io.metachat.domain.IdempotencyLedger.Answer;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.DeleteEntry;
import io.metachat.domain.diary.EditEntry;
import io.metachat.domain.diary.EndSession;
import io.metachat.domain.diary.RecordAnalysis;
import io.metachat.domain.diary.StartSession;
import io.metachat.domain.diary.WordCount;
import io.metachat.domain.diary.WriteEntry;
import io.metachat.domain.diary.event.DiaryOpened;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.diary.event.SessionEnded;
import io.metachat.domain.diary.event.SessionStarted;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * A user's diary: its entries, its sessions, and the mood profile that its analysed entries add up to. It keeps what
 * its rules need and never a text; where a rule needs one, it reads the one event of its own stream that holds it.
 *
 * <p>A diary that was never written in behaves like an empty one: the first entry or session opens it.
 */
@Aggregate(
        commandTargetResolver = "domainCommandTargetResolver",
        snapshotTriggerDefinition = DiaryConfiguration.SNAPSHOTS,
        cache = DiaryConfiguration.CACHE)
@Revision(Diary.SNAPSHOT_REVISION)
public final class Diary {

    /** The shape of {@link DiarySnapshot}. */
    static final String SNAPSHOT_REVISION = "2";

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable UserId userId;
    private EntryIndex entries = new EntryIndex();
    private Sessions sessions = new Sessions();
    private MoodWindow moods = new MoodWindow();
    private @Nullable MoodProfile told;
    private IdempotencyLedger answers = new IdempotencyLedger();

    /** A diary that was not opened yet. */
    Diary() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryContent handle(WriteEntry command, MetaData metaData, DiaryHistory history, Clock clock) {
        Optional<Answer> earlier = earlierAnswer(metaData);
        if (earlier.isPresent()) {
            return content(command.userId(), sequences(earlier.get()).get(0), history);
        }
        Optional<LiveEntry> known = entries.find(command.entryId());
        if (known.isPresent()) {
            return alreadyWritten(command, content(command.userId(), known.get().contentSequence(), history));
        }
        Instant now = now(clock);
        Instant writtenAt = command.writtenAt() == null ? now : toMillis(command.writtenAt());
        FieldChecks.begin().notInTheFuture("writtenAt", writtenAt, now).done();
        if (command.sessionId() != null) {
            sessions.requireOpen(command.sessionId());
        }
        EntryWritten written = new EntryWritten(
                command.userId(),
                command.entryId(),
                1,
                command.title(),
                command.text(),
                command.tags(),
                command.sessionId(),
                writtenAt,
                WordCount.of(command.text()));
        openIfNew(command.userId(), now);
        apply(written, answerable(metaData));
        return EntryContent.of(written);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryContent handle(EditEntry command, MetaData metaData, DiaryHistory history, Clock clock) {
        Optional<Answer> earlier = earlierAnswer(metaData);
        if (earlier.isPresent()) {
            return content(command.userId(), sequences(earlier.get()).get(0), history);
        }
        LiveEntry entry = requireEntry(command.entryId(), command.expectedRevision());
        EntryContent before = content(command.userId(), entry.contentSequence(), history);
        String title = command.title() == null ? before.title() : command.title();
        String text = command.text() == null ? before.text() : command.text();
        List<String> tags = command.tags() == null ? before.tags() : command.tags();
        if (title.equals(before.title()) && text.equals(before.text()) && tags.equals(before.tags())) {
            return before;
        }
        EntryEdited edited = new EntryEdited(
                command.userId(),
                command.entryId(),
                entry.revision() + 1,
                title,
                text,
                tags,
                before.tags().stream().filter(tag -> !tags.contains(tag)).toList(),
                before.sessionId(),
                before.writtenAt(),
                now(clock),
                WordCount.of(text));
        apply(edited, answerable(metaData));
        return EntryContent.of(edited);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeleteEntry command, MetaData metaData, DiaryHistory history, Clock clock) {
        if (earlierAnswer(metaData).isPresent()) {
            return;
        }
        LiveEntry entry = requireEntry(command.entryId(), command.expectedRevision());
        EntryContent content = content(command.userId(), entry.contentSequence(), history);
        Instant now = now(clock);
        apply(
                new EntryDeleted(
                        command.userId(),
                        command.entryId(),
                        entry.revision(),
                        content.tags(),
                        content.sessionId(),
                        content.writtenAt(),
                        now),
                answerable(metaData));
        if (entry.inProfile()) {
            tellShift(command.userId(), now);
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    SessionContent handle(StartSession command, MetaData metaData, DiaryHistory history, Clock clock) {
        Optional<Answer> earlier = earlierAnswer(metaData);
        if (earlier.isPresent()) {
            return started(command.userId(), sequences(earlier.get()).get(0), history);
        }
        if (sessions.open().isPresent()) {
            throw new DomainException(DomainError.SESSION_ALREADY_OPEN);
        }
        if (sessions.hasEnded(command.sessionId())) {
            throw new DomainException(DomainError.SESSION_ENDED);
        }
        Instant now = now(clock);
        SessionStarted started = new SessionStarted(command.userId(), command.sessionId(), command.title(), now);
        openIfNew(command.userId(), now);
        apply(started, answerable(metaData));
        return SessionContent.of(started);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    SessionContent handle(EndSession command, MetaData metaData, DiaryHistory history, Clock clock) {
        Optional<Answer> earlier = earlierAnswer(metaData);
        if (earlier.isPresent()) {
            List<Long> sequences = sequences(earlier.get());
            return started(command.userId(), sequences.get(0), history)
                    .ended((SessionEnded) history.at(command.userId(), sequences.get(1)));
        }
        OpenSession open = sessions.requireOpen(command.sessionId());
        SessionContent started = started(command.userId(), open.startSequence(), history);
        SessionEnded ended = new SessionEnded(command.userId(), command.sessionId(), now(clock));
        apply(ended, answerable(metaData));
        return started.ended(ended);
    }

    @CommandHandler
    AnalysisOutcome handle(RecordAnalysis command, Clock clock) {
        Optional<LiveEntry> entry = entries.find(command.entryId());
        if (entry.isEmpty()) {
            return AnalysisOutcome.UNKNOWN_ENTRY;
        }
        AnalysisOutcome outcome = judge(entry.get(), command);
        if (outcome == AnalysisOutcome.RECORDED) {
            apply(new EntryAnalysed(
                    command.userId(),
                    command.entryId(),
                    command.entryRevision(),
                    entry.get().writtenAt(),
                    command.analysis()));
            tellShift(command.userId(), now(clock));
        }
        return outcome;
    }

    private static AnalysisOutcome judge(LiveEntry entry, RecordAnalysis command) {
        if (command.entryRevision() != entry.revision()) {
            return AnalysisOutcome.STALE_REVISION;
        }
        Analysed recorded = entry.analysis();
        if (recorded == null) {
            return AnalysisOutcome.RECORDED;
        }
        if (recorded.modelVersion().equals(command.analysis().modelVersion())) {
            return AnalysisOutcome.REPEATED;
        }
        // Without this, reading the topic again from its beginning would bring an older model's word back.
        return command.analysis().analysedAt().isBefore(recorded.analysedAt())
                ? AnalysisOutcome.OUTDATED
                : AnalysisOutcome.RECORDED;
    }

    private void tellShift(UserId userId, Instant now) {
        MoodProfile current = moods.profile(entries.inProfile(), now).orElseGet(() -> MoodShift.none(now));
        if (MoodShift.isDue(told, current)) {
            apply(new MoodProfileShifted(userId, current, MoodShift.distance(told, current), now));
        }
    }

    private void openIfNew(UserId userId, Instant now) {
        if (this.userId == null) {
            apply(new DiaryOpened(userId, now));
        }
    }

    private LiveEntry requireEntry(EntryId entryId, @Nullable Integer expectedRevision) {
        LiveEntry entry = entries.find(entryId).orElseThrow(() -> new DomainException(DomainError.ENTRY_NOT_FOUND));
        if (expectedRevision != null && expectedRevision != entry.revision()) {
            throw new DomainException(DomainError.REVISION_MISMATCH);
        }
        return entry;
    }

    /** The id comes from an idempotency key that the ledger has forgotten; it still stands for one request only. */
    private static EntryContent alreadyWritten(WriteEntry command, EntryContent content) {
        if (command.title().equals(content.title())
                && command.text().equals(content.text())
                && command.tags().equals(content.tags())) {
            return content;
        }
        throw new DomainException(DomainError.IDEMPOTENCY_KEY_REUSED);
    }

    private Optional<Answer> earlierAnswer(MetaData metaData) {
        String key = (String) metaData.get(IdempotencyLedger.KEY);
        String fingerprint = (String) metaData.get(IdempotencyLedger.FINGERPRINT);
        return key == null || fingerprint == null ? Optional.empty() : answers.earlier(key, fingerprint);
    }

    /** What of the command's metadata makes the event answer a repetition of it. */
    private static MetaData answerable(MetaData metaData) {
        return metaData.subset(IdempotencyLedger.KEY, IdempotencyLedger.FINGERPRINT);
    }

    /** The ledger keeps where the events stand from which the answer is made again. */
    private void remember(@Nullable String key, @Nullable String fingerprint, long... sequences) {
        if (key != null && fingerprint != null) {
            List<String> outcome = new ArrayList<>();
            for (long sequence : sequences) {
                outcome.add(Long.toString(sequence));
            }
            answers.record(key, fingerprint, String.join(",", outcome));
        }
    }

    private static List<Long> sequences(Answer answer) {
        return List.of(answer.outcome().split(",")).stream().map(Long::valueOf).toList();
    }

    private static EntryContent content(UserId userId, long sequence, DiaryHistory history) {
        return EntryContent.of(history.at(userId, sequence));
    }

    private static SessionContent started(UserId userId, long sequence, DiaryHistory history) {
        return SessionContent.of((SessionStarted) history.at(userId, sequence));
    }

    private static Instant now(Clock clock) {
        return toMillis(clock.instant());
    }

    /** Read models keep milliseconds; a finer time would compare differently there. */
    private static Instant toMillis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    @EventSourcingHandler
    void on(DiaryOpened event) {
        userId = event.userId();
        stream = event.userId().diary().stream();
    }

    @EventSourcingHandler
    void on(
            EntryWritten event,
            @SequenceNumber long sequence,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        entries.put(event.entryId(), LiveEntry.written(event.revision(), sequence, event.writtenAt()));
        remember(key, fingerprint, sequence);
    }

    @EventSourcingHandler
    void on(
            EntryEdited event,
            @SequenceNumber long sequence,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        entries.find(event.entryId())
                .ifPresent(entry -> entries.put(event.entryId(), entry.edited(event.revision(), sequence)));
        remember(key, fingerprint, sequence);
    }

    @EventSourcingHandler
    void on(
            EntryDeleted event,
            @SequenceNumber long sequence,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        entries.remove(event.entryId());
        moods.remove(event.entryId());
        remember(key, fingerprint, sequence);
    }

    @EventSourcingHandler
    void on(
            SessionStarted event,
            @SequenceNumber long sequence,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        sessions.started(event.sessionId(), sequence);
        remember(key, fingerprint, sequence);
    }

    @EventSourcingHandler
    void on(
            SessionEnded event,
            @SequenceNumber long sequence,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        long started = sessions.requireOpen(event.sessionId()).startSequence();
        sessions.ended(event.sessionId());
        remember(key, fingerprint, started, sequence);
    }

    @EventSourcingHandler
    void on(EntryAnalysed event) {
        boolean supported = event.analysis().status() == Analysis.Status.ANALYSED;
        if (supported) {
            moods.put(event.entryId(), event.writtenAt(), event.analysis());
        } else {
            // The mood of a revision that nobody can read any more.
            moods.remove(event.entryId());
        }
        Analysed analysed =
                new Analysed(event.analysis().modelVersion(), event.analysis().analysedAt());
        entries.find(event.entryId())
                .ifPresent(entry -> entries.put(event.entryId(), entry.analysed(analysed, supported)));
    }

    @EventSourcingHandler
    void on(MoodProfileShifted event) {
        told = event.profile();
    }

    /** The state for a snapshot. */
    @JsonValue
    DiarySnapshot snapshot() {
        if (userId == null) {
            throw new IllegalStateException("A diary that was never opened has no snapshot");
        }
        PackedOutput packed = new PackedOutput();
        entries.pack(packed);
        sessions.pack(packed);
        moods.pack(packed);
        return new DiarySnapshot(userId, packed.bytes(), told, answers.answers());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Diary restore(DiarySnapshot snapshot) {
        Diary diary = new Diary();
        diary.stream = snapshot.userId().diary().stream();
        PackedInput packed = new PackedInput(snapshot.packed());
        diary.userId = snapshot.userId();
        diary.entries = EntryIndex.unpack(packed);
        diary.sessions = Sessions.unpack(packed);
        diary.moods = MoodWindow.unpack(packed);
        diary.told = snapshot.told();
        diary.answers = new IdempotencyLedger(snapshot.answers());
        return diary;
    }
}
