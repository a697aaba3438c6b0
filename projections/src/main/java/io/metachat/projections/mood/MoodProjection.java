package io.metachat.projections.mood;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.projections.table.EventHandlers;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.Writes;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps moods in the order of time, and the portrait. */
@Component
public final class MoodProjection implements Projection {

    public static final String NAME = "moods";

    private static final TableWrite REVISION =
            MoodTables.BY_TIME.upsert("user_id", "written_at", "entry_id", "revision");
    private static final TableWrite MOOD = MoodTables.BY_TIME.upsert(
            "user_id",
            "written_at",
            "entry_id",
            "mood_revision",
            "mood_status",
            "emotions",
            "valence",
            "arousal",
            "topics");
    private static final TableWrite REMOVE = MoodTables.BY_TIME.delete("user_id", "written_at", "entry_id");
    private static final TableWrite PORTRAIT = MoodTables.PORTRAITS.upsert(
            "user_id", "emotions", "valence", "arousal", "stability", "topics", "updated_at");

    private static final TableWrite REMOVE_PORTRAIT = MoodTables.PORTRAITS.delete("user_id");

    private final EventHandlers handlers = EventHandlers.builder()
            .on(
                    EntryWritten.class,
                    (e, writes) -> revised(e.userId(), e.writtenAt(), e.entryId(), e.revision(), writes))
            .on(EntryEdited.class, (e, writes) -> revised(e.userId(), e.writtenAt(), e.entryId(), e.revision(), writes))
            .on(EntryDeleted.class, MoodProjection::deleted)
            .on(EntryAnalysed.class, MoodProjection::analysed)
            .on(MoodProfileShifted.class, MoodProjection::shifted)
            .build();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int revision() {
        return 2;
    }

    @Override
    public List<Table> tables() {
        return List.of(MoodTables.BY_TIME, MoodTables.PORTRAITS);
    }

    @Override
    public EventHandlers handlers() {
        return handlers;
    }

    private static void revised(UserId user, Instant writtenAt, EntryId entry, int revision, Writes writes) {
        writes.apply(REVISION, user.value(), writtenAt, entry.value(), revision);
    }

    private static void deleted(EntryDeleted event, Writes writes) {
        writes.apply(
                REMOVE,
                event.userId().value(),
                event.writtenAt(),
                event.entryId().value());
    }

    private static void analysed(EntryAnalysed event, Writes writes) {
        Analysis mood = event.analysis();
        writes.apply(
                MOOD,
                event.userId().value(),
                event.writtenAt(),
                event.entryId().value(),
                event.entryRevision(),
                mood.status().name(),
                MoodColumns.emotions(mood.emotions()),
                mood.valence(),
                mood.arousal(),
                MoodColumns.topics(mood.topics()));
    }

    private static void shifted(MoodProfileShifted event, Writes writes) {
        MoodProfile profile = event.profile();
        if (profile.entriesAnalysed() == 0) {
            // Zeros are no portrait, and would be taken for one.
            writes.apply(REMOVE_PORTRAIT, event.userId().value());
            return;
        }
        writes.apply(
                PORTRAIT,
                event.userId().value(),
                MoodColumns.emotions(profile.emotions()),
                profile.valence(),
                profile.arousal(),
                profile.stability(),
                MoodColumns.topics(profile.topics()),
                profile.updatedAt());
    }
}
