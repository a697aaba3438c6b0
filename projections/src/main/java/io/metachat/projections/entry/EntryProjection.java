package io.metachat.projections.entry;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.mood.Analysis;
import io.metachat.projections.mood.MoodColumns;
import io.metachat.projections.table.EventHandlers;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Shard;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.Writes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps each entry with its mood, and the lists that entries are found by. */
@Component
public final class EntryProjection implements Projection {

    public static final String NAME = "entries";

    private static final TableWrite CONTENT = EntryTables.ENTRIES.upsert(
            "user_id",
            "shard",
            "entry_id",
            "revision",
            "title",
            "text",
            "tags",
            "session_id",
            "written_at",
            "edited_at",
            "word_count");
    private static final TableWrite MOOD = EntryTables.ENTRIES.upsert(
            "user_id",
            "shard",
            "entry_id",
            "mood_revision",
            "mood_status",
            "emotions",
            "dominant",
            "valence",
            "arousal",
            "confidence",
            "reason",
            "topics",
            "keywords",
            "evidence",
            "model_version",
            "analysed_at");
    private static final TableWrite REMOVE = EntryTables.ENTRIES.delete("user_id", "shard", "entry_id");

    private static final TableWrite FILE_BY_TIME =
            EntryTables.BY_TIME.upsert("user_id", "written_at", "entry_id", "word_count");
    private static final TableWrite REMOVE_BY_TIME = EntryTables.BY_TIME.delete("user_id", "written_at", "entry_id");
    private static final TableWrite FILE_BY_TAG = EntryTables.BY_TAG.upsert("user_id", "tag", "written_at", "entry_id");
    private static final TableWrite REMOVE_BY_TAG =
            EntryTables.BY_TAG.delete("user_id", "tag", "written_at", "entry_id");
    private static final TableWrite FILE_BY_SESSION =
            EntryTables.BY_SESSION.upsert("user_id", "session_id", "written_at", "entry_id");
    private static final TableWrite REMOVE_BY_SESSION =
            EntryTables.BY_SESSION.delete("user_id", "session_id", "written_at", "entry_id");

    private final EventHandlers handlers = EventHandlers.builder()
            .on(EntryWritten.class, EntryProjection::written)
            .on(EntryEdited.class, EntryProjection::edited)
            .on(EntryDeleted.class, EntryProjection::deleted)
            .on(EntryAnalysed.class, EntryProjection::analysed)
            .build();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int revision() {
        return 1;
    }

    @Override
    public List<Table> tables() {
        return List.of(EntryTables.ENTRIES, EntryTables.BY_TIME, EntryTables.BY_TAG, EntryTables.BY_SESSION);
    }

    @Override
    public EventHandlers handlers() {
        return handlers;
    }

    private static void written(EntryWritten event, Writes writes) {
        Place place = Place.of(event.userId(), event.entryId(), event.writtenAt());
        writes.apply(
                CONTENT,
                place.user(),
                place.shard(),
                place.entry(),
                event.revision(),
                event.title(),
                event.text(),
                event.tags(),
                uuid(event.sessionId()),
                event.writtenAt(),
                null,
                event.wordCount());
        file(place, event.tags(), event.sessionId(), event.wordCount(), writes);
    }

    private static void edited(EntryEdited event, Writes writes) {
        Place place = Place.of(event.userId(), event.entryId(), event.writtenAt());
        writes.apply(
                CONTENT,
                place.user(),
                place.shard(),
                place.entry(),
                event.revision(),
                event.title(),
                event.text(),
                event.tags(),
                uuid(event.sessionId()),
                event.writtenAt(),
                event.editedAt(),
                event.wordCount());
        file(place, event.tags(), event.sessionId(), event.wordCount(), writes);
        for (String tag : event.removedTags()) {
            writes.apply(REMOVE_BY_TAG, place.user(), tag, place.writtenAt(), place.entry());
        }
    }

    private static void deleted(EntryDeleted event, Writes writes) {
        Place place = Place.of(event.userId(), event.entryId(), event.writtenAt());
        writes.apply(REMOVE, place.user(), place.shard(), place.entry());
        writes.apply(REMOVE_BY_TIME, place.user(), place.writtenAt(), place.entry());
        for (String tag : event.tags()) {
            writes.apply(REMOVE_BY_TAG, place.user(), tag, place.writtenAt(), place.entry());
        }
        if (event.sessionId() != null) {
            writes.apply(REMOVE_BY_SESSION, place.user(), uuid(event.sessionId()), place.writtenAt(), place.entry());
        }
    }

    private static void analysed(EntryAnalysed event, Writes writes) {
        Analysis mood = event.analysis();
        Place place = Place.of(event.userId(), event.entryId(), event.writtenAt());
        writes.apply(
                MOOD,
                place.user(),
                place.shard(),
                place.entry(),
                event.entryRevision(),
                mood.status().name(),
                MoodColumns.emotions(mood.emotions()),
                MoodColumns.dominant(mood.dominant()),
                mood.valence(),
                mood.arousal(),
                mood.confidence(),
                mood.reason(),
                MoodColumns.topics(mood.topics()),
                mood.keywords(),
                MoodColumns.evidence(mood.evidence()),
                mood.modelVersion(),
                mood.analysedAt());
    }

    private static void file(
            Place place, List<String> tags, @Nullable SessionId session, int wordCount, Writes writes) {
        writes.apply(FILE_BY_TIME, place.user(), place.writtenAt(), place.entry(), wordCount);
        for (String tag : tags) {
            writes.apply(FILE_BY_TAG, place.user(), tag, place.writtenAt(), place.entry());
        }
        if (session != null) {
            writes.apply(FILE_BY_SESSION, place.user(), session.value(), place.writtenAt(), place.entry());
        }
    }

    private static @Nullable UUID uuid(@Nullable SessionId session) {
        return session == null ? null : session.value();
    }

    /** What an entry's rows are keyed by. An entry never moves: an edit does not change when it was written. */
    private record Place(UUID user, int shard, UUID entry, Instant writtenAt) {

        static Place of(UserId user, EntryId entry, Instant writtenAt) {
            return new Place(user.value(), Shard.of(entry.value()), entry.value(), writtenAt);
        }
    }
}
