package io.metachat.projections.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.projections.table.ExistingTable.Column;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Table LIST = Table.perPerson("things_by_time")
            .descending("happened_at", "timestamp")
            .descending("thing_id", "uuid")
            .column("size", "int")
            .build();
    private static final Table THINGS = Table.perPersonSharded("things")
            .ascending("thing_id", "uuid")
            .column("text", "text")
            .build();

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
        assertThat(Stream.of(
                        LIST.upsert("user_id", "happened_at", "thing_id", "size"),
                        LIST.expiring("user_id", "happened_at", "thing_id", "size"),
                        LIST.delete("user_id", "happened_at"),
                        LIST.forget(),
                        THINGS.forget()))
                .allSatisfy(write -> assertThat(write.cql()).contains("USING TIMESTAMP ?"));
    }

    @Test
    void shouldForgetEveryPartitionOfAPerson() {
        assertThat(LIST.forget().cql()).endsWith("WHERE user_id = ?");
        assertThat(THINGS.forget().cql())
                .startsWith("DELETE FROM %s USING TIMESTAMP ? WHERE user_id = ? AND shard IN (0, 1,")
                .endsWith(" " + (Shard.COUNT - 1) + ")");
    }

    @Test
    void shouldRefuseAColumnThatItDoesNotHave() {
        assertThatThrownBy(() -> LIST.upsert("user_id", "happened_at", "thing_id", "colour"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour");
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
