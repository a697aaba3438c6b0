package io.metachat.diary;

import static org.hamcrest.Matchers.startsWith;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.axon.DomainCommandTargetResolver;
import io.metachat.domain.diary.RecordAnalysis;
import io.metachat.domain.diary.WriteEntry;
import io.metachat.domain.diary.event.DiaryEvent;
import io.metachat.domain.diary.event.DiaryOpened;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.diary.event.SessionEnded;
import io.metachat.domain.diary.event.SessionStarted;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotion;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.TextSpan;
import io.metachat.domain.mood.Topic;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.service.call.MetadataKeys;
import io.metachat.service.correlation.MessageCorrelation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;

/** The people, times and moods of the diary's given-when-then tests, and the fixture that they run in. */
final class DiaryFixture {

    static final Instant NOW = Instant.parse("2026-03-01T20:15:30.123Z");
    static final Instant YESTERDAY = Instant.parse("2026-02-28T08:00:00Z");
    static final UserId ANNA = new UserId(UUID.fromString("0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c01"));
    static final EntryId ENTRY = new EntryId(UUID.fromString("0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c02"));
    static final EntryId OTHER_ENTRY = new EntryId(UUID.fromString("0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c03"));
    static final SessionId SESSION = new SessionId(UUID.fromString("0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c04"));
    static final SessionId OTHER_SESSION = new SessionId(UUID.fromString("0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c05"));
    static final Emotions JOYFUL = new Emotions(0.8, 0.4, 0, 0.1, 0, 0, 0, 0.3);
    static final Emotions SAD = new Emotions(0, 0, 0.2, 0, 0.9, 0.1, 0.1, 0);

    private DiaryFixture() {}

    static FixtureConfiguration<Diary> diary() {
        FixtureConfiguration<Diary> fixture = new AggregateTestFixture<>(Diary.class);
        fixture.registerCommandTargetResolver(new DomainCommandTargetResolver());
        fixture.registerCommandHandlerInterceptor(
                new CorrelationDataInterceptor<>(new MessageCorrelation("diary-service")));
        fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
        fixture.registerInjectableResource((DiaryHistory) (userId, sequence) -> {
            DomainEventStream events = fixture.getEventStore().readEvents(userId.diary().stream());
            DomainEventMessage<?> event = events.asStream()
                    .filter(candidate -> candidate.getSequenceNumber() == sequence)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No event " + sequence));
            return (DiaryEvent) event.getPayload();
        });
        return fixture;
    }

    static MetaData key(String key, String fingerprint) {
        return MetaData.from(
                Map.of(MetadataKeys.IDEMPOTENCY_KEY, key, MetadataKeys.IDEMPOTENCY_FINGERPRINT, fingerprint));
    }

    static CommandMessage<?> keyed(Object command, String key) {
        return new GenericCommandMessage<>(command, key(key, "f-1"));
    }

    /** The command was refused with this error, and nothing happened. */
    static void refused(ResultValidator<Diary> result, DomainError error) {
        result.expectNoEvents()
                .expectException(DomainException.class)
                .expectExceptionMessage(startsWith(error.detail()));
    }

    static DiaryOpened opened() {
        return new DiaryOpened(ANNA, NOW);
    }

    static WriteEntry write() {
        return write(null, null);
    }

    static WriteEntry write(@Nullable SessionId session, @Nullable Instant writtenAt) {
        return new WriteEntry(
                ANNA, ENTRY, "Spring", "The first warm day of the year.", List.of("sun"), session, writtenAt);
    }

    static EntryWritten written() {
        return written(ENTRY, NOW);
    }

    static EntryWritten written(EntryId entry, Instant at) {
        return new EntryWritten(
                ANNA, entry, 1, "Spring", "The first warm day of the year.", List.of("sun"), null, at, 7);
    }

    static EntryWritten writtenIn(SessionId session) {
        return new EntryWritten(
                ANNA, ENTRY, 1, "Spring", "The first warm day of the year.", List.of("sun"), session, NOW, 7);
    }

    static EntryEdited edited(int revision, String text, int words) {
        return new EntryEdited(ANNA, ENTRY, revision, "Spring", text, List.of("sun"), List.of(), null, NOW, NOW, words);
    }

    static EntryDeleted deleted() {
        return deleted(ENTRY, 1, NOW);
    }

    static EntryDeleted deleted(EntryId entry, int revision, Instant writtenAt) {
        return new EntryDeleted(ANNA, entry, revision, List.of("sun"), null, writtenAt, NOW);
    }

    static SessionStarted started() {
        return new SessionStarted(ANNA, SESSION, "Morning pages", NOW);
    }

    static SessionEnded ended() {
        return new SessionEnded(ANNA, SESSION, NOW);
    }

    static Analysis analysis(Emotions emotions) {
        return analysis(emotions, "model-1", NOW);
    }

    static Analysis analysis(Emotions emotions, String model, Instant at) {
        return new Analysis(
                Analysis.Status.ANALYSED,
                emotions,
                emotions.dominant().orElse(null),
                0.5,
                0.25,
                0.75,
                null,
                List.of(new Topic("nature", 0.75)),
                List.of("warm"),
                List.of(new TextSpan(0, 31)),
                model,
                at);
    }

    static Analysis unsupported() {
        return new Analysis(
                Analysis.Status.UNSUPPORTED,
                Emotions.NONE,
                null,
                0,
                0,
                0,
                "language",
                List.of(),
                List.of(),
                List.of(),
                "model-1",
                NOW);
    }

    static RecordAnalysis record(int revision, Analysis analysis) {
        return new RecordAnalysis(ANNA, ENTRY, revision, analysis);
    }

    static EntryAnalysed analysed(EntryId entry, int revision, Instant writtenAt, Analysis analysis) {
        return new EntryAnalysed(ANNA, entry, revision, writtenAt, analysis);
    }

    static MoodProfileShifted shifted(Emotions emotions, double stability, int entries, double distance) {
        MoodProfile profile =
                new MoodProfile(emotions, 0.5, 0.25, stability, List.of(new Topic("nature", 0.75)), entries, NOW);
        return new MoodProfileShifted(ANNA, profile, distance, NOW);
    }

    static double norm(Emotions emotions) {
        double sum = 0;
        for (Emotion emotion : Emotion.values()) {
            sum += emotions.of(emotion) * emotions.of(emotion);
        }
        return Math.sqrt(sum);
    }
}
