package io.metachat.diary.api;

import io.metachat.diary.entry.EntryContent;
import io.metachat.diary.session.SessionContent;

/** What commands came to, as gRPC carries it. */
final class Answers {

    private Answers() {}

    static io.metachat.proto.v1.EntryContent entry(EntryContent entry) {
        io.metachat.proto.v1.EntryContent.Builder answer = io.metachat.proto.v1.EntryContent.newBuilder()
                .setEntryId(entry.entryId().toString())
                .setTitle(entry.title())
                .setText(entry.text())
                .addAllTags(entry.tags())
                .setWrittenAt(Times.timestamp(entry.writtenAt()))
                .setRevision(entry.revision())
                .setWordCount(entry.wordCount());
        if (entry.sessionId() != null) {
            answer.setSessionId(entry.sessionId().toString());
        }
        if (entry.editedAt() != null) {
            answer.setEditedAt(Times.timestamp(entry.editedAt()));
        }
        return answer.build();
    }

    static io.metachat.proto.v1.SessionContent session(SessionContent session) {
        io.metachat.proto.v1.SessionContent.Builder answer = io.metachat.proto.v1.SessionContent.newBuilder()
                .setSessionId(session.sessionId().toString())
                .setStartedAt(Times.timestamp(session.startedAt()));
        if (session.title() != null) {
            answer.setTitle(session.title());
        }
        if (session.endedAt() != null) {
            answer.setEndedAt(Times.timestamp(session.endedAt()));
        }
        return answer.build();
    }
}
