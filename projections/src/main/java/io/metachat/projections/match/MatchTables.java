package io.metachat.projections.match;

import io.metachat.projections.table.Table;

/** Each match has a row at each of its two people: who asks for a match finds it among their own or not at all. */
final class MatchTables {

    static final Table MATCHES = Table.perPerson("matches")
            .ascending("match_id", "uuid")
            .column("state", "text")
            .column("proposed_by", "uuid")
            .column("first_id", "uuid")
            .column("second_id", "uuid")
            .column("first_accepted", "boolean")
            .column("second_accepted", "boolean")
            .column("score", "double")
            .column("mood_part", "double")
            .column("topics_part", "double")
            .column("stability_part", "double")
            .column("freshness_part", "double")
            .column("common_topics", "frozen<list<text>>")
            .column("proposed_at", "timestamp")
            .column("expires_at", "timestamp")
            .build();

    static final Table BY_TIME = Table.perPerson("matches_by_time")
            .descending("proposed_at", "timestamp")
            .descending("match_id", "uuid")
            .build();

    /** At most one search runs at a time: the row is the last one. */
    static final Table SEARCHES = Table.perPerson("searches")
            .column("search_id", "uuid")
            .column("state", "text")
            .column("started_at", "timestamp")
            .column("ended_at", "timestamp")
            .build();

    static final Table TRIED = Table.perPerson("search_proposals")
            .ascending("search_id", "uuid")
            .descending("proposed_at", "timestamp")
            .descending("match_id", "uuid")
            .build();

    private MatchTables() {}
}
