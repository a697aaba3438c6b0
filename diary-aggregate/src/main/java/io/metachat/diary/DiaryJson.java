package io.metachat.diary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.metachat.service.json.JsonCustomizer;
import tools.jackson.databind.json.JsonMapper;

/** Stores a {@link Diary} as its {@link DiarySnapshot}; the aggregate itself knows no JSON. */
final class DiaryJson implements JsonCustomizer {

    @Override
    public void customize(JsonMapper.Builder builder) {
        builder.addMixIn(Diary.class, AsSnapshot.class);
    }

    /** Lends its annotations to the methods of the same names. */
    private abstract static class AsSnapshot {

        @JsonValue
        abstract DiarySnapshot snapshot();

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Diary restore(DiarySnapshot snapshot) {
            return Diary.restore(snapshot);
        }
    }
}
