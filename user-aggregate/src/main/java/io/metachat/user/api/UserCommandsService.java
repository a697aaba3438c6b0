package io.metachat.user.api;

import io.grpc.stub.StreamObserver;
import io.metachat.domain.UserId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.user.AssignArchetype;
import io.metachat.domain.user.BlockUser;
import io.metachat.domain.user.ChangeMatchingPreferences;
import io.metachat.domain.user.ChangePassword;
import io.metachat.domain.user.ForgetUser;
import io.metachat.domain.user.UnblockUser;
import io.metachat.domain.user.UpdateModalities;
import io.metachat.domain.user.UpdateProfile;
import io.metachat.proto.v1.BlockUserRequest;
import io.metachat.proto.v1.ChangePasswordRequest;
import io.metachat.proto.v1.Done;
import io.metachat.proto.v1.ForgetUserRequest;
import io.metachat.proto.v1.LoginRequest;
import io.metachat.proto.v1.MatchingPreferences;
import io.metachat.proto.v1.RefreshRequest;
import io.metachat.proto.v1.RegisterRequest;
import io.metachat.proto.v1.Tokens;
import io.metachat.proto.v1.UpdateModalitiesRequest;
import io.metachat.proto.v1.UpdateProfileRequest;
import io.metachat.proto.v1.UserCommandsGrpc;
import io.metachat.service.call.CallContext;
import io.metachat.service.call.Idempotency;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.service.grpc.Responses;
import io.metachat.service.security.Caller;
import io.metachat.user.login.Logins;
import io.metachat.user.login.PasswordChange;
import io.metachat.user.registration.Registration;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Service;

/** Turns calls into commands to the caller's own user. The access token alone determines the caller. */
@Service
class UserCommandsService extends UserCommandsGrpc.UserCommandsImplBase {

    private final Registration registration;
    private final Logins logins;
    private final PasswordChange passwordChange;
    private final CommandDispatcher commands;
    private final EventStore eventStore;

    UserCommandsService(
            Registration registration,
            Logins logins,
            PasswordChange passwordChange,
            CommandDispatcher commands,
            EventStore eventStore) {
        this.registration = registration;
        this.logins = logins;
        this.passwordChange = passwordChange;
        this.commands = commands;
        this.eventStore = eventStore;
    }

    @Override
    public void register(RegisterRequest request, StreamObserver<Tokens> answer) {
        Responses.send(
                answer,
                Answers.tokens(registration.register(
                        Requests.form(request), CallContext.current().idempotency())));
    }

    @Override
    public void login(LoginRequest request, StreamObserver<Tokens> answer) {
        Requests.requireLogin(request);
        Responses.send(answer, Answers.tokens(logins.signIn(request.getLogin(), request.getPassword())));
    }

    @Override
    public void refresh(RefreshRequest request, StreamObserver<Tokens> answer) {
        Responses.send(
                answer,
                Answers.tokens(logins.refresh(
                        request.getRefreshToken(), CallContext.current().idempotencyKey())));
    }

    @Override
    public void logout(RefreshRequest request, StreamObserver<Done> answer) {
        logins.signOut(request.getRefreshToken());
        done(answer);
    }

    @Override
    public void updateProfile(UpdateProfileRequest request, StreamObserver<Done> answer) {
        Optional<UpdateProfile> profile = Requests.profile(caller(), request);
        Optional<AssignArchetype> archetype = Requests.archetype(caller(), request);
        profile.ifPresent(commands::dispatch);
        // Two commands to one aggregate: each needs a key of its own, or the second would pass for a repetition.
        archetype.ifPresent(command -> derivedKey("archetype")
                .ifPresentOrElse(key -> commands.dispatch(command, key), () -> commands.dispatchUnkeyed(command)));
        done(answer);
    }

    @Override
    public void changePassword(ChangePasswordRequest request, StreamObserver<Done> answer) {
        ChangePassword command = passwordChange.command(
                caller(),
                request.getCurrentPassword(),
                request.getNewPassword(),
                CallContext.current().idempotency().isPresent());
        String current = commands.<String>dispatch(command).result();
        passwordChange.requireAnswered(command, request.getNewPassword(), current);
        done(answer);
    }

    @Override
    public void updateModalities(UpdateModalitiesRequest request, StreamObserver<Done> answer) {
        commands.dispatch(new UpdateModalities(caller(), Requests.modalities(request)));
        done(answer);
    }

    @Override
    public void changeMatchingPreferences(MatchingPreferences request, StreamObserver<Done> answer) {
        commands.dispatch(new ChangeMatchingPreferences(caller(), Requests.preferences(request)));
        done(answer);
    }

    @Override
    public void blockUser(BlockUserRequest request, StreamObserver<Done> answer) {
        BlockUser command = new BlockUser(caller(), UserId.parse(request.getUserId()));
        if (eventStore.lastSequenceNumberFor(command.blocked().stream()).isEmpty()) {
            throw new DomainException(DomainError.USER_NOT_FOUND);
        }
        commands.dispatch(command);
        done(answer);
    }

    @Override
    public void unblockUser(BlockUserRequest request, StreamObserver<Done> answer) {
        commands.dispatch(new UnblockUser(caller(), UserId.parse(request.getUserId())));
        done(answer);
    }

    @Override
    public void forgetUser(ForgetUserRequest request, StreamObserver<Done> answer) {
        commands.dispatch(new ForgetUser(caller()));
        done(answer);
    }

    private static UserId caller() {
        return new UserId(Caller.currentUser());
    }

    private static Optional<Idempotency> derivedKey(String purpose) {
        return CallContext.current().idempotency().map(key -> key.part(purpose));
    }

    private static void done(StreamObserver<Done> answer) {
        Responses.send(answer, Done.getDefaultInstance());
    }
}
