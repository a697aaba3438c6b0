package io.metachat.projections;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotion;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.TextSpan;
import io.metachat.domain.mood.Topic;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.event.UserRegistered;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person of a test, and the events of their life. */
record Diarist(UserId id, String name) {

    static Diarist named(String name) {
        return new Diarist(new UserId(UUID.randomUUID()), name);
    }

    UserRegistered registered() {
        Profile profile = new Profile("The " + name, "First", "Last", LocalDate.of(1990, 5, 17), "A bio", null);
        return new UserRegistered(
                id, name, name + "@example.org", "$argon2id$hash", profile, Instant.parse("2026-01-01T00:00:00Z"));
    }

    EntryWritten wrote(EntryId entry, Instant writtenAt, String... tags) {
        return wrote(entry, writtenAt, null, tags);
    }

    EntryWritten wrote(EntryId entry, Instant writtenAt, @Nullable SessionId session, String... tags) {
        return new EntryWritten(
                id, entry, 1, "Title", "Some text of three sentences.", List.of(tags), session, writtenAt, 5);
    }

    EntryEdited edited(EntryWritten before, int revision, List<String> tags) {
        return new EntryEdited(
                id,
                before.entryId(),
                revision,
                "New title",
                "Other text.",
                tags,
                before.tags().stream().filter(tag -> !tags.contains(tag)).toList(),
                before.sessionId(),
                before.writtenAt(),
                before.writtenAt().plusSeconds(60),
                2);
    }

    EntryDeleted deleted(EntryWritten before) {
        return new EntryDeleted(
                id,
                before.entryId(),
                1,
                before.tags(),
                before.sessionId(),
                before.writtenAt(),
                before.writtenAt().plusSeconds(90));
    }

    EntryAnalysed analysed(EntryWritten entry, int revision, double joy, double valence) {
        Emotions emotions = new Emotions(joy, 0.1, 0.2, 0, 0, 0, 0, 0.05);
        return new EntryAnalysed(
                id,
                entry.entryId(),
                revision,
                entry.writtenAt(),
                new Analysis(
                        Analysis.Status.ANALYSED,
                        emotions,
                        joy > 0.2 ? Emotion.JOY : Emotion.FEAR,
                        valence,
                        0.5,
                        0.9,
                        null,
                        List.of(new Topic("work", 0.75), new Topic("music", 0.25)),
                        List.of("text"),
                        List.of(new TextSpan(0, 9)),
                        "model-1",
                        Instant.parse("2026-03-01T12:00:00Z")));
    }

    static EntryId entry() {
        return new EntryId(UUID.randomUUID());
    }
}
