package io.metachat.projections.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of a read model. Every table belongs to people: its partition key begins with the {@code user_id}, so that
 * one person's rows are never on the way to another's, and all of somebody's rows can be deleted without reading any.
 * The table's name in Cassandra carries the version of its projection.
 */
public final class Table {

    /** The first column of every partition key. */
    public static final String USER_ID = "user_id";

    private static final String SHARD = "shard";

    private final String name;
    private final boolean sharded;
    private final Map<String, String> columns;
    private final List<String> clustering;
    private final List<String> clusteringOrder;

    private Table(Builder builder) {
        this.name = builder.name;
        this.sharded = builder.sharded;
        this.columns = new LinkedHashMap<>(builder.columns);
        this.clustering = List.copyOf(builder.clustering);
        this.clusteringOrder = List.copyOf(builder.clusteringOrder);
    }

    /** A table with one partition per person: for rows that stay small, such as keys of an index. */
    public static Builder perPerson(String name) {
        return new Builder(name, false);
    }

    /** A table with {@link Shard#COUNT} partitions per person: for rows that may be large, such as texts. */
    public static Builder perPersonSharded(String name) {
        return new Builder(name, true);
    }

    public String name() {
        return name;
    }

    /** The columns that are no part of the primary key. */
    public List<String> valueColumns() {
        return columns.keySet().stream()
                .filter(column -> !partitionKey().contains(column) && !clustering.contains(column))
                .toList();
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
        String partition = "(" + String.join(", ", partitionKey()) + ")";
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
        boolean sameTypes = columns.entrySet().stream()
                .filter(column -> existing.columns().containsKey(column.getKey()))
                .allMatch(column ->
                        plain(existing.columns().get(column.getKey()).type()).equals(plain(column.getValue())));
        return sameTypes && key(existing).equals(key());
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

    private List<String> key() {
        return Stream.concat(partitionKey().stream(), clusteringOrder.stream()).toList();
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

    /** The same of a table that this build may not have. */
    public static String drop(String keyspace, String name, int version) {
        return "DROP TABLE IF EXISTS %s.%s".formatted(keyspace, in(name, version));
    }

    /**
     * A write of these columns, which include the whole primary key; columns that it does not name stay as they are.
     */
    public TableWrite upsert(String... names) {
        return new TableWrite(this, insert(names) + " USING TIMESTAMP ?", TableWrite.Kind.UPSERT);
    }

    /** As {@link #upsert}, of a row that goes away by itself after some time. */
    public TableWrite expiring(String... names) {
        return new TableWrite(this, insert(names) + " USING TIMESTAMP ? AND TTL ?", TableWrite.Kind.EXPIRING);
    }

    /** A delete of the rows under these first columns of the primary key. */
    public TableWrite delete(String... names) {
        requireColumns(names);
        String where = Stream.of(names).map(column -> column + " = ?").collect(Collectors.joining(" AND "));
        return new TableWrite(this, "DELETE FROM %s USING TIMESTAMP ? WHERE " + where, TableWrite.Kind.DELETE);
    }

    /** The delete of every row of a person, which no write of the person's rows outlasts, earlier or later. */
    public TableWrite forget() {
        String where = USER_ID + " = ?" + (sharded ? " AND " + SHARD + " IN (" + Shard.list() + ")" : "");
        return new TableWrite(this, "DELETE FROM %s USING TIMESTAMP ? WHERE " + where, TableWrite.Kind.FORGET);
    }

    private List<String> partitionKey() {
        return sharded ? List.of(USER_ID, SHARD) : List.of(USER_ID);
    }

    private String insert(String... names) {
        requireColumns(names);
        String markers = Stream.of(names).map(column -> "?").collect(Collectors.joining(", "));
        return "INSERT INTO %s (" + String.join(", ", names) + ") VALUES (" + markers + ")";
    }

    private void requireColumns(String... names) {
        for (String column : names) {
            if (!columns.containsKey(column)) {
                throw new IllegalArgumentException("Table " + name + " has no column " + column);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects columns; not safe for use by several threads. */
    public static final class Builder {

        private final String name;
        private final boolean sharded;
        private final Map<String, String> columns = new LinkedHashMap<>();
        private final List<String> clustering = new ArrayList<>();
        private final List<String> clusteringOrder = new ArrayList<>();

        private Builder(String name, boolean sharded) {
            this.name = name;
            this.sharded = sharded;
            columns.put(USER_ID, "uuid");
            if (sharded) {
                columns.put(SHARD, "int");
            }
        }

        /** The next column of the order within a partition, smallest first. */
        public Builder ascending(String column, String type) {
            return clustering(column, type, "ASC");
        }

        /** The next column of the order within a partition, largest first. */
        public Builder descending(String column, String type) {
            return clustering(column, type, "DESC");
        }

        public Builder column(String column, String type) {
            columns.put(column, type);
            return this;
        }

        public Table build() {
            return new Table(this);
        }

        private Builder clustering(String column, String type, String order) {
            columns.put(column, type);
            clustering.add(column);
            clusteringOrder.add(column + " " + order);
            return this;
        }
    }
}
