package io.metachat.projections.table;

import static io.metachat.projections.table.Cell.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.cassandra.core.cql.Ordering.DESCENDING;
import static org.springframework.data.cassandra.core.cql.PrimaryKeyType.PARTITIONED;

import io.metachat.domain.UserId;
import io.metachat.projections.table.ExistingTable.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;

class TableTest {

    private static final Table<ByTime> LIST = Table.of("things_by_time", ByTime.class);
    private static final Table<Thing> THINGS = Table.of("things", Thing.class);
    private static final UserId USER = new UserId(UUID.randomUUID());

    record ByTime(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,

            @PrimaryKeyColumn(ordinal = 1, ordering = DESCENDING)
            Instant happenedAt,

            @PrimaryKeyColumn(ordinal = 2, ordering = DESCENDING)
            UUID thingId,

            @Nullable Integer size) {}

    record Thing(
            @PrimaryKeyColumn(type = PARTITIONED, ordinal = 0)
            UUID userId,

            @PrimaryKeyColumn(type = PARTITIONED, ordinal = 1)
            int shard,

            @PrimaryKeyColumn(ordinal = 2) UUID thingId,
            @Nullable String text) {}

    record Orphan(
            @PrimaryKeyColumn(type = PARTITIONED) UUID thingId,
            @Nullable String text) {}

    @Test
    void shouldBeKeyedByThePerson() {
        assertThat(LIST.create("ks", 3))
                .isEqualTo("CREATE TABLE IF NOT EXISTS ks.things_by_time_v3 (user_id uuid, happened_at timestamp,"
                        + " thing_id uuid, size int, PRIMARY KEY ((user_id), happened_at, thing_id))"
                        + " WITH CLUSTERING ORDER BY (happened_at DESC, thing_id DESC)");
        assertThat(THINGS.create("ks", 1)).contains("PRIMARY KEY ((user_id, shard), thing_id)");
    }

    @Test
    void shouldWriteNothingWithoutATimestamp() {
        Cells row = LIST.row(
                USER,
                set(ByTime::happenedAt).to(Instant.EPOCH),
                set(ByTime::thingId).to(USER.value()),
                set(ByTime::size).to(null));

        assertThat(Stream.of(
                        row.upsert(1),
                        row.expiring(1, Duration.ofDays(1)),
                        row.delete(1),
                        LIST.forget(USER),
                        THINGS.forget(USER)))
                .allSatisfy(write -> assertThat(write.cql()).contains("USING TIMESTAMP ?"));
    }

    @Test
    void shouldBindEachValueToTheColumnBesideIt() {
        TableWrite write = LIST.row(
                        USER, set(ByTime::size).to(3), set(ByTime::happenedAt).to(Instant.EPOCH))
                .expiring(4711, Duration.ofSeconds(5));

        assertThat(write.cql())
                .isEqualTo("INSERT INTO %s (user_id, size, happened_at) VALUES (?, ?, ?) USING TIMESTAMP ? AND TTL ?");
        assertThat(write.parameters()).containsExactly(USER.value(), 3, Instant.EPOCH, 4711L, 5);
    }

    @Test
    void shouldShowNoValues() {
        assertThat(THINGS.row(USER, set(Thing::text).to("secret")).upsert(1).toString())
                .contains("things")
                .doesNotContain("secret");
    }

    @Test
    void shouldForgetEveryPartitionOfAPerson() {
        assertThat(LIST.forget(USER).cql()).endsWith("WHERE user_id = ?");
        assertThat(THINGS.forget(USER).cql())
                .startsWith("DELETE FROM %s USING TIMESTAMP ? WHERE user_id = ? AND shard IN (0, 1,")
                .endsWith(" " + (Shard.COUNT - 1) + ")");
    }

    @Test
    void shouldRefuseAColumnThatItDoesNotHave() {
        assertThatThrownBy(() -> LIST.row(USER, new Cell<>("colour", "red")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour");
    }

    @Test
    void shouldRefuseRowsThatAreNotKeyedByAPerson() {
        assertThatThrownBy(() -> Table.of("orphans", Orphan.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thing_id");
    }

    @Test
    void shouldSpreadIdsOverTheShards() {
        assertThat(Stream.generate(UUID::randomUUID)
                        .limit(5_000)
                        .map(Shard::of)
                        .distinct()
                        .toList())
                .hasSize(Shard.COUNT)
                .allMatch(shard -> shard >= 0 && shard < Shard.COUNT);
    }

    @Test
    void shouldFitATableThatLacksColumnsAndNameThem() {
        ExistingTable existing = new ExistingTable(Map.of(
                "user_id", new Column("partition_key", 0, "none", "uuid"),
                "happened_at", new Column("clustering", 0, "desc", "timestamp"),
                "thing_id", new Column("clustering", 1, "desc", "uuid"),
                "colour", new Column("regular", -1, "none", "text")));

        assertThat(LIST.fits(existing)).isTrue();
        assertThat(LIST.missingIn(existing)).containsExactly("size");
        assertThat(LIST.add("ks", 3, "size")).isEqualTo("ALTER TABLE ks.things_by_time_v3 ADD IF NOT EXISTS size int");
    }

    @Test
    void shouldNotFitATableOfAnotherKeyOrOfOtherTypes() {
        Column user = new Column("partition_key", 0, "none", "uuid");
        Column shard = new Column("partition_key", 1, "none", "int");
        Column id = new Column("clustering", 0, "asc", "uuid");

        assertThat(THINGS.fits(new ExistingTable(Map.of("user_id", user, "shard", shard, "thing_id", id))))
                .isTrue();
        assertThat(THINGS.fits(new ExistingTable(Map.of("user_id", user, "thing_id", id))))
                .isFalse();
        assertThat(THINGS.fits(new ExistingTable(Map.of(
                        "user_id", user, "shard", shard, "thing_id", new Column("clustering", 0, "desc", "uuid")))))
                .isFalse();
        assertThat(THINGS.fits(new ExistingTable(Map.of(
                        "user_id", user,
                        "shard", shard,
                        "thing_id", id,
                        "text", new Column("regular", -1, "none", "blob")))))
                .isFalse();
    }
}
