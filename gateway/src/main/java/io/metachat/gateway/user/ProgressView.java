package io.metachat.gateway.user;

import io.metachat.proto.v1.Progress;

/** How far somebody has come from a new account to being introduced to people. */
record ProgressView(
        double profileComplete,
        int entriesWritten,
        int entriesAnalysed,
        int entriesUntilPortrait,
        boolean matchingEnabled) {

    static ProgressView of(Progress progress) {
        return new ProgressView(
                progress.getProfileComplete(),
                progress.getEntriesWritten(),
                progress.getEntriesAnalysed(),
                progress.getEntriesUntilPortrait(),
                progress.getMatchingEnabled());
    }
}
