package io.metachat.axon.cassandra.deadletter;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sequence that has dead letters.
 *
 * @param incarnation differs each time that the sequence begins
 * @param letters the number of its letters
 * @param nextIndex the index of the next letter
 */
record SequenceState(UUID incarnation, int letters, long nextIndex) {

    /** Reads the static columns of a row; empty when the sequence has no letters. */
    static Optional<SequenceState> of(@Nullable Row row) {
        return row == null || row.isNull("letters")
                ? Optional.empty()
                : Optional.of(new SequenceState(
                        Objects.requireNonNull(row.getUuid("incarnation")),
                        row.getInt("letters"),
                        row.getLong("next_index")));
    }
}
