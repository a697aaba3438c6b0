package io.metachat.projections.mood;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of an entry with the columns of its mood; all may be absent, and {@link MoodColumns} gives their form. */
public interface StoredMood {

    UUID entryId();

    /** The entry's revision. */
    @Nullable
    Integer revision();

    /** The revision that the mood is of. */
    @Nullable
    Integer moodRevision();

    @Nullable
    String moodStatus();

    @Nullable
    List<Double> emotions();

    @Nullable
    String dominant();

    @Nullable
    Double valence();

    @Nullable
    Double arousal();

    @Nullable
    Double confidence();

    @Nullable
    String reason();

    @Nullable
    Map<String, Double> topics();

    @Nullable
    List<String> keywords();

    @Nullable
    List<Integer> evidence();

    @Nullable
    String modelVersion();

    @Nullable
    Instant analysedAt();
}
