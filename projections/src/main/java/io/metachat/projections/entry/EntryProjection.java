package io.metachat.projections.entry;

import static io.metachat.projections.entry.EntryTables.BY_SESSION;
import static io.metachat.projections.entry.EntryTables.BY_TAG;
import static io.metachat.projections.entry.EntryTables.BY_TIME;
import static io.metachat.projections.entry.EntryTables.ENTRIES;
import static io.metachat.projections.table.Cell.set;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.mood.Analysis;
import io.metachat.projections.entry.EntryTables.BySession;
import io.metachat.projections.entry.EntryTables.ByTag;
import io.metachat.projections.entry.EntryTables.ByTime;
import io.metachat.projections.mood.MoodColumns;
import io.metachat.projections.table.Cells;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Shard;
import io.metachat.projections.table.Writes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps each entry with its mood, and the lists that entries are found by. */
@Configuration(proxyBeanMethods = false)
public class EntryProjection {

    public static final String NAME = "entries";

    @Bean
    public static Projection entries() {
        return Projection.named(NAME)
                .revision(1)
                .tables(ENTRIES, BY_TIME, BY_TAG, BY_SESSION)
                .on(EntryWritten.class, EntryProjection::written)
                .on(EntryEdited.class, EntryProjection::edited)
                .on(EntryDeleted.class, EntryProjection::deleted)
                .on(EntryAnalysed.class, EntryProjection::analysed)
                .build();
    }

    private static void written(EntryWritten event, Writes writes) {
        Place place = new Place(event.userId(), event.entryId(), event.writtenAt());
        writes.upsert(ENTRIES.row(
                place.user(),
                set(EntryRow::shard).to(place.shard()),
                set(EntryRow::entryId).to(place.id()),
                set(EntryRow::revision).to(event.revision()),
                set(EntryRow::title).to(event.title()),
                set(EntryRow::text).to(event.text()),
                set(EntryRow::tags).to(event.tags()),
                set(EntryRow::sessionId).to(uuid(event.sessionId())),
                set(EntryRow::writtenAt).to(event.writtenAt()),
                set(EntryRow::editedAt).to(null),
                set(EntryRow::wordCount).to(event.wordCount())));
        list(place, event.tags(), event.sessionId(), event.wordCount(), writes);
    }

    private static void edited(EntryEdited event, Writes writes) {
        Place place = new Place(event.userId(), event.entryId(), event.writtenAt());
        writes.upsert(ENTRIES.row(
                place.user(),
                set(EntryRow::shard).to(place.shard()),
                set(EntryRow::entryId).to(place.id()),
                set(EntryRow::revision).to(event.revision()),
                set(EntryRow::title).to(event.title()),
                set(EntryRow::text).to(event.text()),
                set(EntryRow::tags).to(event.tags()),
                set(EntryRow::sessionId).to(uuid(event.sessionId())),
                set(EntryRow::writtenAt).to(event.writtenAt()),
                set(EntryRow::editedAt).to(event.editedAt()),
                set(EntryRow::wordCount).to(event.wordCount())));
        list(place, event.tags(), event.sessionId(), event.wordCount(), writes);
        for (String tag : event.removedTags()) {
            writes.delete(place.under(tag));
        }
    }

    private static void deleted(EntryDeleted event, Writes writes) {
        Place place = new Place(event.userId(), event.entryId(), event.writtenAt());
        writes.delete(ENTRIES.row(
                place.user(),
                set(EntryRow::shard).to(place.shard()),
                set(EntryRow::entryId).to(place.id())));
        writes.delete(BY_TIME.row(
                place.user(),
                set(ByTime::writtenAt).to(place.writtenAt()),
                set(ByTime::entryId).to(place.id())));
        for (String tag : event.tags()) {
            writes.delete(place.under(tag));
        }
        if (event.sessionId() != null) {
            writes.delete(place.under(event.sessionId()));
        }
    }

    private static void analysed(EntryAnalysed event, Writes writes) {
        Analysis mood = event.analysis();
        Place place = new Place(event.userId(), event.entryId(), event.writtenAt());
        writes.upsert(ENTRIES.row(
                place.user(),
                set(EntryRow::shard).to(place.shard()),
                set(EntryRow::entryId).to(place.id()),
                set(EntryRow::moodRevision).to(event.entryRevision()),
                set(EntryRow::moodStatus).to(mood.status().name()),
                set(EntryRow::emotions).to(MoodColumns.emotions(mood.emotions())),
                set(EntryRow::dominant).to(MoodColumns.dominant(mood.dominant())),
                set(EntryRow::valence).to(mood.valence()),
                set(EntryRow::arousal).to(mood.arousal()),
                set(EntryRow::confidence).to(mood.confidence()),
                set(EntryRow::reason).to(mood.reason()),
                set(EntryRow::topics).to(MoodColumns.topics(mood.topics())),
                set(EntryRow::keywords).to(mood.keywords()),
                set(EntryRow::evidence).to(MoodColumns.evidence(mood.evidence())),
                set(EntryRow::modelVersion).to(mood.modelVersion()),
                set(EntryRow::analysedAt).to(mood.analysedAt())));
    }

    /** Adds the entry to the lists that it belongs to. */
    private static void list(
            Place place, List<String> tags, @Nullable SessionId session, int wordCount, Writes writes) {
        writes.upsert(BY_TIME.row(
                place.user(),
                set(ByTime::writtenAt).to(place.writtenAt()),
                set(ByTime::entryId).to(place.id()),
                set(ByTime::wordCount).to(wordCount)));
        for (String tag : tags) {
            writes.upsert(place.under(tag));
        }
        if (session != null) {
            writes.upsert(place.under(session));
        }
    }

    private static @Nullable UUID uuid(@Nullable SessionId session) {
        return session == null ? null : session.value();
    }

    /** The keys of an entry's rows. An entry never moves: an edit does not change when it was written. */
    private record Place(UserId user, EntryId entry, Instant writtenAt) {

        UUID id() {
            return entry.value();
        }

        int shard() {
            return Shard.of(id());
        }

        Cells under(String tag) {
            return BY_TAG.row(
                    user,
                    set(ByTag::tag).to(tag),
                    set(ByTag::writtenAt).to(writtenAt),
                    set(ByTag::entryId).to(id()));
        }

        Cells under(SessionId session) {
            return BY_SESSION.row(
                    user,
                    set(BySession::sessionId).to(session.value()),
                    set(BySession::writtenAt).to(writtenAt),
                    set(BySession::entryId).to(id()));
        }
    }
}
