package io.metachat.diary;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.diary.entry.Entry;
import io.metachat.diary.entry.EntryIndex;
import io.metachat.diary.entry.LiveEntry;
import io.metachat.diary.entry.LiveEntry.Analysed;
import io.metachat.diary.mood.AnalysisOutcome;
import io.metachat.diary.mood.MoodShift;
import io.metachat.diary.mood.MoodWindow;
import io.metachat.diary.mood.SavedMoods;
import io.metachat.diary.session.Session;
import io.metachat.diary.session.Sessions;
import io.metachat.diary.session.Sessions.OpenSession;
import io.metachat.diary.snapshot.UuidBytes;
import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.axon.keyed.KeyedAnswers;
import io.metachat.domain.diary.DeleteEntry;
import io.metachat.domain.diary.DiaryCommand;
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
import io.metachat.proto.diary.snapshot.DiaryState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateMember;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
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
    static final String SNAPSHOT_REVISION = "5";

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable UserId userId;
    private EntryIndex entries = new EntryIndex();
    private Sessions sessions = new Sessions();
    private MoodWindow moods = new MoodWindow();
    private @Nullable MoodProfile lastPublishedProfile;

    @AggregateMember
    private KeyedAnswers answers = new KeyedAnswers();

    /** A diary that was not opened yet. */
    Diary() {}

    @CommandHandlerInterceptor
    @Nullable
    Object answer(CommandMessage<?> command, InterceptorChain chain, DiaryHistory history) throws Exception {
        return answers.answer(
                command, chain, sequence -> again((DiaryCommand) command.getPayload(), sequence, history));
    }

    /** The answer as it was, made from the event at {@code sequence}, whatever has become of the entry or session. */
    private @Nullable Object again(DiaryCommand command, long sequence, DiaryHistory history) {
        if (command instanceof WriteEntry || command instanceof EditEntry) {
            return history.content(command.userId(), sequence);
        }
        if (command instanceof StartSession) {
            return history.started(command.userId(), sequence);
        }
        if (command instanceof EndSession end) {
            Session started = history.started(command.userId(), sessions.requireStart(end.sessionId()));
            return started.ended((SessionEnded) history.at(command.userId(), sequence));
        }
        return null;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Entry handle(WriteEntry command, DiaryHistory history, Clock clock) {
        OptionalLong before = entries.writtenAt(command.entryId());
        if (before.isPresent()) {
            return alreadyWritten(command, before.getAsLong(), history);
        }
        Instant now = clock.instant();
        Instant writtenAt = command.writtenAt() == null ? now : command.writtenAt();
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
        apply(written);
        return Entry.of(written);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Entry handle(EditEntry command, DiaryHistory history, Clock clock) {
        LiveEntry entry = requireEntry(command.entryId(), command.expectedRevision());
        Entry before = history.content(command.userId(), entry.contentSequence());
        String title = command.title() == null ? before.title() : command.title();
        String text = command.text() == null ? before.text() : command.text();
        List<String> tags = command.tags() == null ? before.tags() : command.tags();
        if (before.isOf(title, text, tags)) {
            answers.answeredFrom(entry.contentSequence());
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
                clock.instant(),
                WordCount.of(text));
        apply(edited);
        return Entry.of(edited);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeleteEntry command, DiaryHistory history, Clock clock) {
        LiveEntry entry = requireEntry(command.entryId(), command.expectedRevision());
        Entry content = history.content(command.userId(), entry.contentSequence());
        Instant now = clock.instant();
        apply(new EntryDeleted(
                command.userId(),
                command.entryId(),
                entry.revision(),
                content.tags(),
                content.sessionId(),
                content.writtenAt(),
                now));
        if (entry.inProfile()) {
            publishShiftIfDue(command.userId(), now);
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Session handle(StartSession command, DiaryHistory history, Clock clock) {
        OptionalLong before = sessions.startOf(command.sessionId());
        if (before.isPresent()) {
            return alreadyStarted(command, before.getAsLong(), history);
        }
        if (sessions.open().isPresent()) {
            throw new DomainException(DomainError.SESSION_ALREADY_OPEN);
        }
        Instant now = clock.instant();
        SessionStarted started = new SessionStarted(command.userId(), command.sessionId(), command.title(), now);
        openIfNew(command.userId(), now);
        apply(started);
        return Session.of(started);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Session handle(EndSession command, DiaryHistory history, Clock clock) {
        OpenSession open = sessions.requireOpen(command.sessionId());
        Session started = history.started(command.userId(), open.startSequence());
        SessionEnded ended = new SessionEnded(command.userId(), command.sessionId(), clock.instant());
        apply(ended);
        return started.ended(ended);
    }

    @CommandHandler
    AnalysisOutcome handle(RecordAnalysis command, Clock clock) {
        Optional<LiveEntry> entry = entries.find(command.entryId());
        if (entry.isEmpty()) {
            return AnalysisOutcome.UNKNOWN_ENTRY;
        }
        AnalysisOutcome outcome = AnalysisOutcome.of(entry.get(), command);
        if (outcome == AnalysisOutcome.RECORDED) {
            apply(new EntryAnalysed(
                    command.userId(),
                    command.entryId(),
                    command.entryRevision(),
                    entry.get().writtenAt(),
                    command.analysis()));
            publishShiftIfDue(command.userId(), clock.instant());
        }
        return outcome;
    }

    private void publishShiftIfDue(UserId userId, Instant now) {
        MoodProfile current = moods.profile(entries.inProfile(), now).orElseGet(() -> MoodShift.none(now));
        if (MoodShift.isDue(lastPublishedProfile, current)) {
            apply(new MoodProfileShifted(userId, current, MoodShift.distance(lastPublishedProfile, current), now));
        }
    }

    private void openIfNew(UserId userId, Instant now) {
        if (this.userId == null) {
            apply(new DiaryOpened(userId, now));
        }
    }

    private LiveEntry requireEntry(EntryId entryId, @Nullable Integer expectedRevision) {
        LiveEntry entry = entries.find(entryId).orElseThrow(() -> new DomainException(DomainError.ENTRY_NOT_FOUND));
        entry.requireRevision(expectedRevision);
        return entry;
    }

    /** The id comes from an idempotency key that is forgotten by now; it still stands for one request only. */
    private Entry alreadyWritten(WriteEntry command, long sequence, DiaryHistory history) {
        Entry content = history.content(command.userId(), sequence);
        if (!content.isWrittenBy(command)) {
            throw new DomainException(DomainError.IDEMPOTENCY_KEY_REUSED);
        }
        answers.answeredFrom(sequence);
        return content;
    }

    private Session alreadyStarted(StartSession command, long sequence, DiaryHistory history) {
        Session started = history.started(command.userId(), sequence);
        if (!Objects.equals(command.title(), started.title())) {
            throw new DomainException(DomainError.IDEMPOTENCY_KEY_REUSED);
        }
        answers.answeredFrom(sequence);
        return started;
    }

    @EventSourcingHandler
    void on(DiaryOpened event) {
        userId = event.userId();
        stream = event.userId().diary().stream();
    }

    @EventSourcingHandler
    void on(EntryWritten event, @SequenceNumber long sequence) {
        entries.put(event.entryId(), LiveEntry.written(event.revision(), sequence, event.writtenAt()));
    }

    @EventSourcingHandler
    void on(EntryEdited event, @SequenceNumber long sequence) {
        entries.find(event.entryId())
                .ifPresent(entry -> entries.put(event.entryId(), entry.edited(event.revision(), sequence)));
    }

    @EventSourcingHandler
    void on(EntryDeleted event) {
        entries.remove(event.entryId());
        moods.remove(event.entryId());
    }

    @EventSourcingHandler
    void on(SessionStarted event, @SequenceNumber long sequence) {
        sessions.started(event.sessionId(), sequence);
    }

    @EventSourcingHandler
    void on(SessionEnded event) {
        sessions.ended();
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
        entries.find(event.entryId())
                .ifPresent(entry ->
                        entries.put(event.entryId(), entry.analysed(Analysed.by(event.analysis()), supported)));
    }

    @EventSourcingHandler
    void on(MoodProfileShifted event) {
        lastPublishedProfile = event.profile();
    }

    KeyedAnswers answers() {
        return answers;
    }

    /** The state for a snapshot. */
    DiarySnapshot snapshot() {
        if (userId == null) {
            throw new IllegalStateException("A diary that was never opened has no snapshot");
        }
        DiaryState.Builder state = DiaryState.newBuilder().setUserId(UuidBytes.of(userId.value()));
        entries.save(state);
        sessions.save(state);
        moods.save(state);
        if (lastPublishedProfile != null) {
            state.setLastPublishedProfile(SavedMoods.profile(lastPublishedProfile));
        }
        SavedAnswers.save(answers, state);
        return DiarySnapshot.of(state.setComplete(true).build());
    }

    static Diary restore(DiarySnapshot snapshot) {
        DiaryState state = snapshot.read();
        Diary diary = new Diary();
        diary.userId = new UserId(UuidBytes.readOne(state.getUserId()));
        diary.stream = diary.userId.diary().stream();
        diary.entries = EntryIndex.restore(state);
        diary.sessions = Sessions.restore(state);
        diary.moods = MoodWindow.restore(state);
        diary.lastPublishedProfile =
                state.hasLastPublishedProfile() ? SavedMoods.profileOf(state.getLastPublishedProfile()) : null;
        diary.answers = SavedAnswers.restore(state);
        return diary;
    }
}
