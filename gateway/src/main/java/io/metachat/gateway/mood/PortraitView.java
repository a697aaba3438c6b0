package io.metachat.gateway.mood;

import io.metachat.gateway.http.Timestamps;
import io.metachat.proto.Fields;
import io.metachat.proto.v1.Portrait;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A diarist's portrait. */
record PortraitView(
        EmotionsView emotions,
        @Nullable String dominant,
        double valence,
        double arousal,
        double stability,
        List<TopicView> topics,
        int entriesAnalysed,
        @Nullable Instant updatedAt) {

    static PortraitView of(Portrait portrait) {
        return new PortraitView(
                EmotionsView.of(portrait.getEmotions()),
                Fields.orNull(portrait.hasDominant(), portrait::getDominant),
                portrait.getValence(),
                portrait.getArousal(),
                portrait.getStability(),
                TopicView.all(portrait.getTopicsList()),
                portrait.getEntriesAnalysed(),
                Timestamps.instant(portrait.hasUpdatedAt(), portrait.getUpdatedAt()));
    }
}
