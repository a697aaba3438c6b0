package io.metachat.domain.diary;

import io.metachat.domain.Command;
import io.metachat.domain.UserId;

/** A command to a user's diary. */
public sealed interface DiaryCommand extends Command
        permits WriteEntry, EditEntry, DeleteEntry, StartSession, EndSession, RecordAnalysis {

    UserId userId();

    @Override
    default String target() {
        return userId().diary().stream();
    }
}
