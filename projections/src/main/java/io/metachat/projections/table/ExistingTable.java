package io.metachat.projections.table;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table as Cassandra has it, perhaps made by another build. */
public record ExistingTable(Map<String, Column> columns) {

    /**
     * @param kind as in {@code system_schema.columns}: partition_key, clustering, regular
     * @param position its place among the columns of its kind
     */
    public record Column(String kind, int position, String order, String type) {}

    public ExistingTable {
        columns = Map.copyOf(columns);
    }

    /** Those of the named tables that are there. */
    public static Map<String, ExistingTable> among(CqlSession session, String keyspace, List<String> tables) {
        Map<String, Map<String, Column>> found = new HashMap<>();
        session.execute(SimpleStatement.newInstance(
                        "SELECT table_name, column_name, kind, position, clustering_order, type"
                                + " FROM system_schema.columns WHERE keyspace_name = ? AND table_name IN ?",
                        keyspace,
                        tables))
                .forEach(row -> found.computeIfAbsent(row.getString("table_name"), name -> new HashMap<>())
                        .put(row.getString("column_name"), column(row)));
        Map<String, ExistingTable> existing = new HashMap<>();
        found.forEach((name, columns) -> existing.put(name, new ExistingTable(columns)));
        return existing;
    }

    private static Column column(Row row) {
        return new Column(
                String.valueOf(row.getString("kind")),
                row.getInt("position"),
                String.valueOf(row.getString("clustering_order")),
                String.valueOf(row.getString("type")));
    }
}
