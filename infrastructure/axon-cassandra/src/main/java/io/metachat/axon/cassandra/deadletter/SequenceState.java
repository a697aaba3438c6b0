package io.metachat.axon.cassandra.deadletter;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sequence that has dead letters.
 *
 * @param life tells this time that it has letters from others
 * @param letters how many it has
 * @param nextIndex the index of the next one
 */
record SequenceState(UUID life, int letters, long nextIndex) {

    /** Reads the static columns of a row; empty when the sequence has no letters. */
    static Optional<SequenceState> of(@Nullable Row row) {
        return row == null || row.isNull("letters")
                ? Optional.empty()
                : Optional.of(new SequenceState(
                        Objects.requireNonNull(row.getUuid("life")), row.getInt("letters"), row.getLong("next_index")));
    }
}
