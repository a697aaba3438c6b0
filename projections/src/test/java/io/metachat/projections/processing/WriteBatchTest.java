package io.metachat.projections.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.TableWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WriteBatchTest {

    private static final Table TABLE = Table.perPerson("things")
            .ascending("thing", "int")
            .column("name", "text")
            .build();
    private static final TableWrite UPSERT = TABLE.upsert("user_id", "thing", "name");
    private static final TableWrite DELETE = TABLE.delete("user_id", "thing");
    private static final UUID USER = UUID.randomUUID();
    private static final Duration SOON = Duration.ofMillis(50);

    private final List<CompletableFuture<AsyncResultSet>> sent = new ArrayList<>();
    private final List<List<Object>> values = new ArrayList<>();

    @Test
    void shouldGiveEachWriteThePositionOfItsEvent() {
        WriteBatch batch = batch(10);

        batch.at(4711, Instant.EPOCH).apply(UPSERT, USER, 1, null);
        batch.at(4712, Instant.EPOCH).apply(DELETE, USER, 1);

        assertThat(UPSERT.cql()).endsWith("USING TIMESTAMP ?");
        assertThat(values.get(0)).containsExactly(USER, 1, null, 4711L);
        assertThat(values.get(1)).containsExactly(4712L, USER, 1);
    }

    @Test
    void shouldForgetWhatIsWrittenLaterToo() {
        batch(10).at(4711, Instant.EPOCH).apply(TABLE.forget(), USER);

        assertThat((Long) values.get(0).get(0)).isGreaterThan(1L << 60);
    }

    @Test
    void shouldAwaitEveryWrite() {
        WriteBatch batch = batch(10);
        batch.at(1, Instant.EPOCH).apply(DELETE, USER, 1);
        batch.at(2, Instant.EPOCH).apply(DELETE, USER, 2);
        sent.get(0).complete(null);

        assertThatThrownBy(batch::await).isInstanceOf(CassandraUnavailableException.class);

        sent.get(1).complete(null);
        assertThatCode(batch::await).doesNotThrowAnyException();
    }

    @Test
    void shouldHaveNoMoreWritesUnderWayThanItMay() {
        WriteBatch batch = batch(2);
        batch.at(1, Instant.EPOCH).apply(DELETE, USER, 1);
        batch.at(2, Instant.EPOCH).apply(DELETE, USER, 2);

        batch.at(3, Instant.EPOCH).apply(DELETE, USER, 3);

        assertThat(sent).hasSize(2);
        sent.forEach(write -> write.complete(null));
        assertThatThrownBy(batch::await).isInstanceOf(CassandraUnavailableException.class);
    }

    @Test
    void shouldTakeAnOutageForSomethingThatPasses() {
        WriteBatch batch = batch(10);
        batch.at(1, Instant.EPOCH).apply(DELETE, USER, 1);
        sent.get(0).completeExceptionally(new DriverTimeoutException("no answer"));

        assertThatThrownBy(batch::await).isInstanceOf(CassandraUnavailableException.class);
    }

    @Test
    void shouldNameTheEventOfARefusedWrite() {
        WriteBatch batch = batch(10);
        batch.at(1, Instant.EPOCH).apply(DELETE, USER, 1);
        batch.at(2, Instant.EPOCH).apply(DELETE, USER, 2);
        sent.get(1).completeExceptionally(new IllegalArgumentException("does not fit"));
        sent.get(0).complete(null);

        assertThatThrownBy(batch::await)
                .isInstanceOfSatisfying(
                        RefusedWriteException.class,
                        refused -> assertThat(refused.position()).isEqualTo(2));
    }

    @Test
    void shouldNotBlameAProjectionForAWriteThatCouldNotBeSent() {
        TableWriter unavailable = (table, version, cql, parameters) -> {
            throw new CassandraUnavailableException("not connected");
        };
        WriteBatch batch = new WriteBatch(unavailable, 1, 10, SOON, Pace.FULL);

        assertThatCode(() -> batch.at(1, Instant.EPOCH).apply(DELETE, USER, 1)).doesNotThrowAnyException();
        assertThatThrownBy(batch::await).isInstanceOf(CassandraUnavailableException.class);
    }

    private WriteBatch batch(int maximum) {
        TableWriter writer = (table, version, cql, parameters) -> {
            CompletableFuture<AsyncResultSet> write = new CompletableFuture<>();
            sent.add(write);
            values.add(new ArrayList<>(Arrays.asList(parameters)));
            return write;
        };
        return new WriteBatch(writer, 1, maximum, SOON, Pace.FULL);
    }
}
