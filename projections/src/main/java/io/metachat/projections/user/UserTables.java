package io.metachat.projections.user;

import io.metachat.projections.table.Table;

final class UserTables {

    static final Table USERS = Table.perPerson("users")
            .column("username", "text")
            .column("email", "text")
            .column("display_name", "text")
            .column("first_name", "text")
            .column("last_name", "text")
            .column("date_of_birth", "date")
            .column("bio", "text")
            .column("avatar_url", "text")
            .column("archetype", "text")
            .column("modalities", "frozen<list<text>>")
            .column("matching_enabled", "boolean")
            .column("min_age", "int")
            .column("max_age", "int")
            .column("created_at", "timestamp")
            .build();

    static final Table BLOCKS = Table.perPerson("blocks")
            .ascending("blocked_id", "uuid")
            .column("blocked_at", "timestamp")
            .build();

    private UserTables() {}
}
