package io.metachat.gateway.matching;

import io.metachat.proto.Fields;
import io.metachat.proto.v1.MatchingPreferences;
import org.jspecify.annotations.Nullable;

/** Whether a diarist wants to be introduced, and the accepted ages in years. */
record PreferencesView(
        @Nullable Boolean enabled,
        @Nullable Integer minAge,
        @Nullable Integer maxAge) {

    static PreferencesView of(MatchingPreferences preferences) {
        return new PreferencesView(
                preferences.getEnabled(),
                Fields.orNull(preferences.hasMinAge(), preferences::getMinAge),
                Fields.orNull(preferences.hasMaxAge(), preferences::getMaxAge));
    }
}
