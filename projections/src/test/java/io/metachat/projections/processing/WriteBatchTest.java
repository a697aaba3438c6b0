package io.metachat.projections.processing;

import static io.metachat.projections.table.Cell.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.domain.UserId;
import io.metachat.projections.table.Cells;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.TableWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.data.cassandra.core.cql.PrimaryKeyType;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;

class WriteBatchTest {

    private static final Table<Thing> TABLE = Table.of("things", Thing.class);
    private static final UserId USER = new UserId(UUID.randomUUID());
    private static final Duration SOON = Duration.ofMillis(50);

    private final List<CompletableFuture<Boolean>> sent = new ArrayList<>();
    private final List<TableWrite> writes = new ArrayList<>();

    record Thing(
            @PrimaryKeyColumn(type = PrimaryKeyType.PARTITIONED)
            UUID userId,

            @PrimaryKeyColumn(ordinal = 1) int thing,
            @Nullable String name) {}

    @Test
    void shouldGiveEachWriteThePositionOfItsEvent() {
        WriteBatch batch = batch(10);

        batch.at(4711, Instant.EPOCH)
                .upsert(TABLE.row(
                        USER, set(Thing::thing).to(1), set(Thing::name).to(null)));
        batch.at(4712, Instant.EPOCH).delete(thing(1));

        assertThat(writes.get(0).cql()).endsWith("USING TIMESTAMP ?");
        assertThat(writes.get(0).parameters()).containsExactly(USER.value(), 1, null, 4711L);
        assertThat(writes.get(1).parameters()).containsExactly(4712L, USER.value(), 1);
    }

    @Test
    void shouldForgetWhatIsWrittenLaterToo() {
        batch(10).at(4711, Instant.EPOCH).forget(TABLE, USER);

        assertThat((Long) writes.get(0).parameters().get(0)).isGreaterThan(1L << 60);
    }

    @Test
    void shouldAwaitEveryWrite() {
        WriteBatch batch = batch(10);
        batch.at(1, Instant.EPOCH).delete(thing(1));
        batch.at(2, Instant.EPOCH).delete(thing(2));
        sent.get(0).complete(null);

        assertThatThrownBy(batch::await).isInstanceOf(CassandraUnavailableException.class);

        sent.get(1).complete(null);
        assertThatCode(batch::await).doesNotThrowAnyException();
    }

    @Test
    void shouldHaveNoMoreWritesUnderWayThanItMay() {
        WriteBatch batch = batch(2);
        batch.at(1, Instant.EPOCH).delete(thing(1));
        batch.at(2, Instant.EPOCH).delete(thing(2));

        batch.at(3, Instant.EPOCH).delete(thing(3));

        assertThat(sent).hasSize(2);
        sent.forEach(write -> write.complete(null));
        assertThatThrownBy(batch::await).isInstanceOf(CassandraUnavailableException.class);
    }

    @Test
    void shouldTakeAnOutageForSomethingThatPasses() {
        WriteBatch batch = batch(10);
        batch.at(1, Instant.EPOCH).delete(thing(1));
        sent.get(0).completeExceptionally(new DriverTimeoutException("no answer"));

        assertThatThrownBy(batch::await).isInstanceOf(CassandraUnavailableException.class);
    }

    @Test
    void shouldNameTheEventOfARefusedWrite() {
        WriteBatch batch = batch(10);
        batch.at(1, Instant.EPOCH).delete(thing(1));
        batch.at(2, Instant.EPOCH).delete(thing(2));
        sent.get(1).completeExceptionally(new IllegalArgumentException("does not fit"));
        sent.get(0).complete(null);

        assertThatThrownBy(batch::await)
                .isInstanceOfSatisfying(
                        RefusedWriteException.class,
                        refused -> assertThat(refused.position()).isEqualTo(2));
    }

    @Test
    void shouldNotBlameAProjectionForAWriteThatCouldNotBeSent() {
        TableWriter unavailable = (write, version) -> {
            throw new CassandraUnavailableException("not connected");
        };
        WriteBatch batch = new WriteBatch(unavailable, 1, 10, SOON, Pace.FULL);

        assertThatCode(() -> batch.at(1, Instant.EPOCH).delete(thing(1))).doesNotThrowAnyException();
        assertThatThrownBy(batch::await).isInstanceOf(CassandraUnavailableException.class);
    }

    private static Cells thing(int number) {
        return TABLE.row(USER, set(Thing::thing).to(number));
    }

    private WriteBatch batch(int maximum) {
        TableWriter writer = (write, version) -> {
            CompletableFuture<Boolean> acknowledged = new CompletableFuture<>();
            sent.add(acknowledged);
            writes.add(write);
            return acknowledged;
        };
        return new WriteBatch(writer, 1, maximum, SOON, Pace.FULL);
    }
}
