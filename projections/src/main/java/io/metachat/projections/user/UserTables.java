package io.metachat.projections.user;

import static org.springframework.data.cassandra.core.cql.PrimaryKeyType.PARTITIONED;

import io.metachat.projections.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.mapping.Frozen;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;

final class UserTables {

    static final Table<UserRow> USERS = Table.of("users", UserRow.class);
    static final Table<Block> BLOCKS = Table.of("blocks", Block.class);

    private UserTables() {}

    record UserRow(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
            @Nullable String username,
            @Nullable String email,
            @Nullable String displayName,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable LocalDate dateOfBirth,
            @Nullable String bio,
            @Nullable String avatarUrl,
            @Nullable String archetype,
            @Frozen @Nullable List<String> modalities,
            @Nullable Boolean matchingEnabled,
            @Nullable Integer minAge,
            @Nullable Integer maxAge,
            @Nullable Instant createdAt) {

        /** Without what is personal. */
        @Override
        public String toString() {
            return "UserRow[" + userId + "]";
        }
    }
}
