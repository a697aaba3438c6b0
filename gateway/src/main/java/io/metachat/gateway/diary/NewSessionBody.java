package io.metachat.gateway.diary;

import org.jspecify.annotations.Nullable;

/** A session to start. */
record NewSessionBody(@Nullable String title) {

    @Override
    public String toString() {
        return "NewSessionBody";
    }
}
