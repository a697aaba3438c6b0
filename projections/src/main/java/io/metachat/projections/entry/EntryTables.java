package io.metachat.projections.entry;

import io.metachat.projections.table.Table;

/**
 * The text of an entry is in one table, and nowhere else; what lists entries holds keys alone. So a row of a list is
 * some sixty bytes, a person's list fits into one partition for life, and a page costs one slice of it and as many
 * reads by id as it has entries.
 */
final class EntryTables {

    /** {@code mood_revision} is the revision that the mood is of: another than {@code revision} means pending. */
    static final Table ENTRIES = Table.perPersonSharded("entries")
            .ascending("entry_id", "uuid")
            .column("revision", "int")
            .column("title", "text")
            .column("text", "text")
            .column("tags", "frozen<list<text>>")
            .column("session_id", "uuid")
            .column("written_at", "timestamp")
            .column("edited_at", "timestamp")
            .column("word_count", "int")
            .column("mood_revision", "int")
            .column("mood_status", "text")
            .column("emotions", "frozen<list<double>>")
            .column("dominant", "text")
            .column("valence", "double")
            .column("arousal", "double")
            .column("confidence", "double")
            .column("reason", "text")
            .column("topics", "frozen<map<text, double>>")
            .column("keywords", "frozen<list<text>>")
            .column("evidence", "frozen<list<int>>")
            .column("model_version", "text")
            .column("analysed_at", "timestamp")
            .build();

    static final Table BY_TIME = Table.perPerson("entries_by_time")
            .descending("written_at", "timestamp")
            .descending("entry_id", "uuid")
            .column("word_count", "int")
            .build();

    static final Table BY_TAG = Table.perPerson("entries_by_tag")
            .ascending("tag", "text")
            .descending("written_at", "timestamp")
            .descending("entry_id", "uuid")
            .build();

    static final Table BY_SESSION = Table.perPerson("entries_by_session")
            .ascending("session_id", "uuid")
            .descending("written_at", "timestamp")
            .descending("entry_id", "uuid")
            .build();

    private EntryTables() {}
}
