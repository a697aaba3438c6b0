package io.metachat.gateway.diary;

import org.jspecify.annotations.Nullable;

/** A session to be started. */
record NewSessionBody(@Nullable String title) {

    @Override
    public String toString() {
        return "NewSessionBody";
    }
}
