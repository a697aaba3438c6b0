package io.metachat.diary.api;

import com.google.protobuf.Timestamp;
import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.axon.keyed.NewId;
import io.metachat.domain.diary.DeleteEntry;
import io.metachat.domain.diary.EditEntry;
import io.metachat.domain.diary.EndSession;
import io.metachat.domain.diary.StartSession;
import io.metachat.domain.diary.WriteEntry;
import io.metachat.domain.refusal.DomainException;
import io.metachat.proto.Fields;
import io.metachat.proto.Times;
import io.metachat.proto.v1.DeleteEntryRequest;
import io.metachat.proto.v1.EditEntryRequest;
import io.metachat.proto.v1.EndSessionRequest;
import io.metachat.proto.v1.StartSessionRequest;
import io.metachat.proto.v1.WriteEntryRequest;
import java.time.Instant;

/** The requests of calls as the domain's commands. */
final class Requests {

    private Requests() {}

    static WriteEntry writeEntry(UserId caller, WriteEntryRequest request) {
        return new WriteEntry(
                caller,
                new EntryId(NewId.of("entry")),
                request.getTitle(),
                request.getText(),
                request.getTagsList(),
                request.hasSessionId() ? SessionId.parse(request.getSessionId()) : null,
                request.hasWrittenAt() ? time("writtenAt", request.getWrittenAt()) : null);
    }

    static EditEntry editEntry(UserId caller, EditEntryRequest request) {
        return new EditEntry(
                caller,
                EntryId.parse(request.getEntryId()),
                Fields.orNull(request.hasExpectedRevision(), request::getExpectedRevision),
                Fields.orNull(request.hasTitle(), request::getTitle),
                Fields.orNull(request.hasText(), request::getText),
                request.hasTags() ? request.getTags().getTagsList() : null);
    }

    static DeleteEntry deleteEntry(UserId caller, DeleteEntryRequest request) {
        return new DeleteEntry(
                caller,
                EntryId.parse(request.getEntryId()),
                Fields.orNull(request.hasExpectedRevision(), request::getExpectedRevision));
    }

    static StartSession startSession(UserId caller, StartSessionRequest request) {
        return new StartSession(
                caller, new SessionId(NewId.of("session")), Fields.orNull(request.hasTitle(), request::getTitle));
    }

    static EndSession endSession(UserId caller, EndSessionRequest request) {
        return new EndSession(caller, SessionId.parse(request.getSessionId()));
    }

    private static Instant time(String field, Timestamp time) {
        if (!Times.isValid(time)) {
            throw DomainException.invalid(field, "must be a time from year 1 to year 9999");
        }
        return Times.instant(time);
    }
}
