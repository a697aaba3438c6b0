package io.metachat.projections.mood;

import static io.metachat.projections.mood.MoodTables.BY_TIME;
import static io.metachat.projections.mood.MoodTables.PORTRAITS;
import static io.metachat.projections.table.Cell.set;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.projections.mood.MoodTables.MoodRow;
import io.metachat.projections.mood.MoodTables.PortraitRow;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Writes;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps moods in the order of time, and the portrait. */
@Configuration(proxyBeanMethods = false)
public class MoodProjection {

    public static final String NAME = "moods";

    @Bean
    public static Projection moods() {
        return Projection.named(NAME)
                .revision(2)
                .tables(BY_TIME, PORTRAITS)
                .on(
                        EntryWritten.class,
                        (e, writes) -> revised(e.userId(), e.writtenAt(), e.entryId(), e.revision(), writes))
                .on(
                        EntryEdited.class,
                        (e, writes) -> revised(e.userId(), e.writtenAt(), e.entryId(), e.revision(), writes))
                .on(EntryDeleted.class, MoodProjection::deleted)
                .on(EntryAnalysed.class, MoodProjection::analysed)
                .on(MoodProfileShifted.class, MoodProjection::shifted)
                .build();
    }

    private static void revised(UserId user, Instant writtenAt, EntryId entry, int revision, Writes writes) {
        writes.upsert(BY_TIME.row(
                user,
                set(MoodRow::writtenAt).to(writtenAt),
                set(MoodRow::entryId).to(entry.value()),
                set(MoodRow::revision).to(revision)));
    }

    private static void deleted(EntryDeleted event, Writes writes) {
        writes.delete(BY_TIME.row(
                event.userId(),
                set(MoodRow::writtenAt).to(event.writtenAt()),
                set(MoodRow::entryId).to(event.entryId().value())));
    }

    private static void analysed(EntryAnalysed event, Writes writes) {
        Analysis mood = event.analysis();
        writes.upsert(BY_TIME.row(
                event.userId(),
                set(MoodRow::writtenAt).to(event.writtenAt()),
                set(MoodRow::entryId).to(event.entryId().value()),
                set(MoodRow::moodRevision).to(event.entryRevision()),
                set(MoodRow::moodStatus).to(mood.status().name()),
                set(MoodRow::emotions).to(MoodColumns.emotions(mood.emotions())),
                set(MoodRow::valence).to(mood.valence()),
                set(MoodRow::arousal).to(mood.arousal()),
                set(MoodRow::topics).to(MoodColumns.topics(mood.topics()))));
    }

    private static void shifted(MoodProfileShifted event, Writes writes) {
        MoodProfile profile = event.profile();
        if (profile.entriesAnalysed() == 0) {
            // Zeros are no portrait, and would be taken for one.
            writes.delete(PORTRAITS.row(event.userId()));
            return;
        }
        writes.upsert(PORTRAITS.row(
                event.userId(),
                set(PortraitRow::emotions).to(MoodColumns.emotions(profile.emotions())),
                set(PortraitRow::valence).to(profile.valence()),
                set(PortraitRow::arousal).to(profile.arousal()),
                set(PortraitRow::stability).to(profile.stability()),
                set(PortraitRow::topics).to(MoodColumns.topics(profile.topics())),
                set(PortraitRow::updatedAt).to(profile.updatedAt())));
    }
}
