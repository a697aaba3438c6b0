package io.metachat.gateway.diary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry to write. */
record NewEntryBody(
        @Nullable String title,
        @Nullable String text,
        @Nullable List<@Nullable String> tags,
        @Nullable String sessionId,
        @Nullable String writtenAt) {

    @Override
    public String toString() {
        return "NewEntryBody";
    }
}
