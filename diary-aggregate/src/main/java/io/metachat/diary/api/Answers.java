package io.metachat.diary.api;

import io.metachat.diary.entry.Entry;
import io.metachat.diary.session.Session;
import io.metachat.proto.Times;
import io.metachat.proto.v1.EntryContent;
import io.metachat.proto.v1.SessionContent;

/** The results of commands as messages. */
final class Answers {

    private Answers() {}

    static EntryContent entry(Entry entry) {
        EntryContent.Builder answer = EntryContent.newBuilder()
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

    static SessionContent session(Session session) {
        SessionContent.Builder answer = SessionContent.newBuilder()
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
