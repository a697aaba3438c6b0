package io.metachat.projections.table;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import io.metachat.domain.UserId;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.cql.Ordering;
import org.springframework.data.cassandra.core.cql.keyspace.ColumnSpecification;
import org.springframework.data.cassandra.core.cql.keyspace.CreateTableSpecification;
import org.springframework.data.cassandra.core.mapping.CassandraPersistentEntity;
import org.springframework.data.core.TypedPropertyPath;

/**
 * A table of a read model, declared by the record that its rows are mapped to. Every table belongs to people: its
 * partition key is the {@code userId}, so that one person's rows are never on the way to another's, and perhaps a
 * {@code shard}, so that all of somebody's rows can be deleted without reading any. The table's name in Cassandra carries
 * the version of its projection. Immutable.
 *
 * @param <R> the record, annotated as Spring Data wants it
 */
public final class Table<R> {

    /**
     * Exceeds every position of an event store. Otherwise a write of a forgotten person's by a slower path, or by a
     * command in flight, would bring rows back.
     */
    static final long FOR_EVER = 1L << 62;

    /** The first column of every partition key. */
    public static final String USER_ID = "user_id";

    private static final String SHARD = "shard";

    private final String name;
    private final Class<R> row;
    /** Types by column, in the order of the record's components. */
    private final Map<String, String> columns = new LinkedHashMap<>();

    private final Map<String, String> columnsByComponent = new LinkedHashMap<>();
    private final List<String> partitionKey;
    private final List<String> clustering;
    private final List<String> clusteringOrder;

    private Table(String name, Class<R> row) {
        this.name = name;
        this.row = row;
        CassandraPersistentEntity<?> entity = entity();
        CreateTableSpecification specification =
                RowMapping.SCHEMA.getCreateTableSpecificationFor(entity, CqlIdentifier.fromInternal(name));
        Map<String, String> types = specification.getColumns().stream()
                .collect(Collectors.toMap(
                        column -> column.getName().asInternal(),
                        column -> Objects.requireNonNull(column.getType()).asCql(true, false)));
        for (RecordComponent component : row.getRecordComponents()) {
            String column = entity.getRequiredPersistentProperty(component.getName())
                    .getRequiredColumnName()
                    .asInternal();
            columnsByComponent.put(component.getName(), column);
            columns.put(column, types.get(column));
        }
        this.partitionKey = names(specification.getPartitionKeyColumns());
        this.clustering = names(specification.getClusteredKeyColumns());
        this.clusteringOrder = specification.getClusteredKeyColumns().stream()
                .map(column -> column.getName().asInternal() + " "
                        + (column.getOrdering() == Ordering.DESCENDING ? "DESC" : "ASC"))
                .toList();
        if (!partitionKey.equals(List.of(USER_ID)) && !partitionKey.equals(List.of(USER_ID, SHARD))) {
            throw new IllegalArgumentException("The rows of " + name + " are not keyed by a person: " + partitionKey);
        }
    }

    /** @throws IllegalArgumentException when the partition key is not the person's, with or without a shard */
    public static <R extends Record> Table<R> of(String name, Class<R> row) {
        return new Table<>(name, row);
    }

    public String name() {
        return name;
    }

    /** The record that rows are mapped to. */
    Class<R> row() {
        return row;
    }

    CassandraPersistentEntity<?> entity() {
        return RowMapping.CONVERTER.getMappingContext().getRequiredPersistentEntity(row);
    }

    /** The name of the column that a component of the record is mapped to. */
    public String column(TypedPropertyPath<R, ?> accessor) {
        return column(accessor.getSegment());
    }

    private String column(String component) {
        String column = columnsByComponent.get(component);
        if (column == null) {
            throw new IllegalArgumentException("Table " + name + " has no column " + component);
        }
        return column;
    }

    /** The columns that are no part of the primary key. */
    public List<String> valueColumns() {
        return columns.keySet().stream()
                .filter(column -> !partitionKey.contains(column) && !clustering.contains(column))
                .toList();
    }

    /** A person's row, or the first columns of the primary key of several; the person's own column comes first. */
    @SafeVarargs
    public final Cells row(UserId user, Cell<R>... cells) {
        List<String> names = new ArrayList<>(cells.length + 1);
        List<@Nullable Object> values = new ArrayList<>(cells.length + 1);
        names.add(USER_ID);
        values.add(user.value());
        for (Cell<R> cell : cells) {
            names.add(column(cell.component()));
            values.add(cell.value());
        }
        return new Cells(this, names, values);
    }

    /** The delete of every row of a person, which no write of the person's rows outlasts, earlier or later. */
    public TableWrite forget(UserId user) {
        String shards =
                IntStream.range(0, Shard.COUNT).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String where =
                USER_ID + " = ?" + (partitionKey.contains(SHARD) ? " AND " + SHARD + " IN (" + shards + ")" : "");
        return new TableWrite(this, "DELETE FROM %s USING TIMESTAMP ? WHERE " + where, List.of(FOR_EVER, user.value()));
    }

    /** The table's name in Cassandra for a version of its projection. */
    public String in(int version) {
        return in(name, version);
    }

    private static String in(String name, int version) {
        return name + "_v" + version;
    }

    /** The statement that creates the table unless it is there. */
    public String create(String keyspace, int version) {
        String definitions = columns.entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue())
                .collect(Collectors.joining(", "));
        String partition = "(" + String.join(", ", partitionKey) + ")";
        String key = Stream.concat(Stream.of(partition), clustering.stream()).collect(Collectors.joining(", "));
        String order = clusteringOrder.isEmpty()
                ? ""
                : " WITH CLUSTERING ORDER BY (" + String.join(", ", clusteringOrder) + ")";
        return "CREATE TABLE IF NOT EXISTS %s.%s (%s, PRIMARY KEY (%s))%s"
                .formatted(keyspace, in(version), definitions, key, order);
    }

    /**
     * Whether rows can be written to and read from the existing table once it has the columns that it lacks: its key is
     * this one, and the columns that both have are of the same types.
     */
    public boolean fits(ExistingTable existing) {
        boolean sameTypes = columns.entrySet().stream().allMatch(column -> {
            ExistingTable.Column other = existing.columns().get(column.getKey());
            return other == null || plain(other.type()).equals(plain(column.getValue()));
        });
        return sameTypes
                && key(existing)
                        .equals(Stream.concat(partitionKey.stream(), clusteringOrder.stream())
                                .toList());
    }

    /** The columns that the existing table lacks. */
    public List<String> missingIn(ExistingTable existing) {
        return valueColumns().stream()
                .filter(column -> !existing.columns().containsKey(column))
                .toList();
    }

    /** The statement that gives the table a column unless it has it. */
    public String add(String keyspace, int version, String column) {
        return "ALTER TABLE %s.%s ADD IF NOT EXISTS %s %s"
                .formatted(keyspace, in(version), column, columns.get(column));
    }

    private static List<String> key(ExistingTable existing) {
        return existing.columns().entrySet().stream()
                .filter(column -> !column.getValue().kind().equals("regular"))
                // "clustering" comes before "partition_key", which comes first in a key.
                .sorted(Comparator.comparing((Map.Entry<String, ExistingTable.Column> column) ->
                                column.getValue().kind())
                        .reversed()
                        .thenComparing(column -> column.getValue().position()))
                .map(column -> column.getValue().kind().equals("clustering")
                        ? column.getKey() + " " + column.getValue().order().toUpperCase(Locale.ROOT)
                        : column.getKey())
                .toList();
    }

    private static String plain(String type) {
        return type.replace(" ", "");
    }

    /** The statement that drops the table if it is there. */
    public String drop(String keyspace, int version) {
        return drop(keyspace, name, version);
    }

    /** The same for a table that this build may not have. */
    public static String drop(String keyspace, String name, int version) {
        return "DROP TABLE IF EXISTS %s.%s".formatted(keyspace, in(name, version));
    }

    private static List<String> names(List<? extends ColumnSpecification> columns) {
        return columns.stream().map(column -> column.getName().asInternal()).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
