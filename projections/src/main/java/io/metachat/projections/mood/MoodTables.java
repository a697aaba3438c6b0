package io.metachat.projections.mood;

import io.metachat.projections.table.Table;

final class MoodTables {

    /**
     * One small row per entry, in the order of time: what timelines and statistics are folded from. A row counts as
     * analysed when {@code mood_revision}, of which the mood is, is the entry's {@code revision}.
     */
    static final Table BY_TIME = Table.perPerson("moods_by_time")
            .ascending("written_at", "timestamp")
            .ascending("entry_id", "uuid")
            .column("revision", "int")
            .column("mood_revision", "int")
            .column("mood_status", "text")
            .column("emotions", "frozen<list<double>>")
            .column("valence", "double")
            .column("arousal", "double")
            .column("topics", "frozen<map<text, double>>")
            .build();

    static final Table PORTRAITS = Table.perPerson("portraits")
            .column("emotions", "frozen<list<double>>")
            .column("valence", "double")
            .column("arousal", "double")
            .column("stability", "double")
            .column("topics", "frozen<map<text, double>>")
            .column("updated_at", "timestamp")
            .build();

    private MoodTables() {}
}
