package io.metachat.diary.api;

import io.grpc.stub.StreamObserver;
import io.metachat.diary.entry.EntryContent;
import io.metachat.diary.session.SessionContent;
import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.axon.keyed.NewId;
import io.metachat.domain.diary.DeleteEntry;
import io.metachat.domain.diary.DiaryCommand;
import io.metachat.domain.diary.EditEntry;
import io.metachat.domain.diary.EndSession;
import io.metachat.domain.diary.StartSession;
import io.metachat.domain.diary.WriteEntry;
import io.metachat.proto.v1.DeleteEntryRequest;
import io.metachat.proto.v1.DiaryCommandsGrpc;
import io.metachat.proto.v1.Done;
import io.metachat.proto.v1.EditEntryRequest;
import io.metachat.proto.v1.EndSessionRequest;
import io.metachat.proto.v1.StartSessionRequest;
import io.metachat.proto.v1.WriteEntryRequest;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.service.grpc.Responses;
import io.metachat.service.security.Caller;
import org.springframework.stereotype.Service;

/** Turns calls into commands to the caller's own diary. Whose diary it is stands in the access token alone. */
@Service
class DiaryCommandsService extends DiaryCommandsGrpc.DiaryCommandsImplBase {

    private final CommandDispatcher commands;

    DiaryCommandsService(CommandDispatcher commands) {
        this.commands = commands;
    }

    @Override
    public void writeEntry(WriteEntryRequest request, StreamObserver<io.metachat.proto.v1.EntryContent> answer) {
        WriteEntry command = new WriteEntry(
                caller(),
                new EntryId(NewId.of("entry")),
                request.getTitle(),
                request.getText(),
                request.getTagsList(),
                request.hasSessionId() ? SessionId.parse(request.getSessionId()) : null,
                request.hasWrittenAt() ? Times.instant("writtenAt", request.getWrittenAt()) : null);
        Responses.send(answer, Answers.entry(this.<EntryContent>dispatch(command)));
    }

    @Override
    public void editEntry(EditEntryRequest request, StreamObserver<io.metachat.proto.v1.EntryContent> answer) {
        EditEntry command = new EditEntry(
                caller(),
                EntryId.parse(request.getEntryId()),
                request.hasExpectedRevision() ? request.getExpectedRevision() : null,
                request.hasTitle() ? request.getTitle() : null,
                request.hasText() ? request.getText() : null,
                request.hasTags() ? request.getTags().getTagsList() : null);
        Responses.send(answer, Answers.entry(this.<EntryContent>dispatch(command)));
    }

    @Override
    public void deleteEntry(DeleteEntryRequest request, StreamObserver<Done> answer) {
        commands.dispatch(new DeleteEntry(
                caller(),
                EntryId.parse(request.getEntryId()),
                request.hasExpectedRevision() ? request.getExpectedRevision() : null));
        Responses.send(answer, Done.getDefaultInstance());
    }

    @Override
    public void startSession(StartSessionRequest request, StreamObserver<io.metachat.proto.v1.SessionContent> answer) {
        StartSession command = new StartSession(
                caller(), new SessionId(NewId.of("session")), request.hasTitle() ? request.getTitle() : null);
        Responses.send(answer, Answers.session(this.<SessionContent>dispatch(command)));
    }

    @Override
    public void endSession(EndSessionRequest request, StreamObserver<io.metachat.proto.v1.SessionContent> answer) {
        EndSession command = new EndSession(caller(), SessionId.parse(request.getSessionId()));
        Responses.send(answer, Answers.session(this.<SessionContent>dispatch(command)));
    }

    private <R> R dispatch(DiaryCommand command) {
        return commands.<R>dispatch(command).result();
    }

    private static UserId caller() {
        return new UserId(Caller.currentUser());
    }
}
