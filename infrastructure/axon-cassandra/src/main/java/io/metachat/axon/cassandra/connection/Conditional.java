package io.metachat.axon.cassandra.connection;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;

/** How a lightweight transaction ended. */
public final class Conditional {

    private final boolean applied;
    private final boolean repeated;
    private final List<Row> found;

    Conditional(ResultSet result, boolean repeated) {
        this.applied = result.wasApplied();
        this.repeated = repeated;
        this.found = result.all();
    }

    /** Returns whether the condition was met and the change was made. */
    public boolean applied() {
        return applied;
    }

    /**
     * Returns whether the transaction was sent more than once, the first outcome being unknown. A refusal can then mean
     * that the first attempt made the change.
     */
    public boolean repeated() {
        return repeated;
    }

    /** Returns the rows that the server shows for a refusal: the conditions' columns as they are. */
    public List<Row> found() {
        return found;
    }
}
