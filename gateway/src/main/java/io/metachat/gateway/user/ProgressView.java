package io.metachat.gateway.user;

import io.metachat.proto.v1.Progress;

/** The steps from a new account to an introduction, and those done. */
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
