package io.metachat.diary.api;

import io.grpc.stub.StreamObserver;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.DiaryCommand;
import io.metachat.proto.v1.DeleteEntryRequest;
import io.metachat.proto.v1.DiaryCommandsGrpc;
import io.metachat.proto.v1.Done;
import io.metachat.proto.v1.EditEntryRequest;
import io.metachat.proto.v1.EndSessionRequest;
import io.metachat.proto.v1.EntryContent;
import io.metachat.proto.v1.SessionContent;
import io.metachat.proto.v1.StartSessionRequest;
import io.metachat.proto.v1.WriteEntryRequest;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.service.grpc.Responses;
import io.metachat.service.security.Caller;
import org.springframework.stereotype.Service;

/** Turns calls into commands to the caller's own diary. The access token alone determines whose diary it is. */
@Service
class DiaryCommandsService extends DiaryCommandsGrpc.DiaryCommandsImplBase {

    private final CommandDispatcher commands;

    DiaryCommandsService(CommandDispatcher commands) {
        this.commands = commands;
    }

    @Override
    public void writeEntry(WriteEntryRequest request, StreamObserver<EntryContent> answer) {
        Responses.send(answer, Answers.entry(dispatch(Requests.writeEntry(caller(), request))));
    }

    @Override
    public void editEntry(EditEntryRequest request, StreamObserver<EntryContent> answer) {
        Responses.send(answer, Answers.entry(dispatch(Requests.editEntry(caller(), request))));
    }

    @Override
    public void deleteEntry(DeleteEntryRequest request, StreamObserver<Done> answer) {
        commands.dispatch(Requests.deleteEntry(caller(), request));
        Responses.send(answer, Done.getDefaultInstance());
    }

    @Override
    public void startSession(StartSessionRequest request, StreamObserver<SessionContent> answer) {
        Responses.send(answer, Answers.session(dispatch(Requests.startSession(caller(), request))));
    }

    @Override
    public void endSession(EndSessionRequest request, StreamObserver<SessionContent> answer) {
        Responses.send(answer, Answers.session(dispatch(Requests.endSession(caller(), request))));
    }

    private <R> R dispatch(DiaryCommand command) {
        return commands.<R>dispatch(command).result();
    }

    private static UserId caller() {
        return new UserId(Caller.currentUser());
    }
}
