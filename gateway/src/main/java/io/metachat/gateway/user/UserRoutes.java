package io.metachat.gateway.user;

import io.metachat.gateway.http.Exchange;
import io.metachat.gateway.http.MergePatch;
import io.metachat.proto.v1.BlockUserRequest;
import io.metachat.proto.v1.ChangePasswordRequest;
import io.metachat.proto.v1.ExportChunk;
import io.metachat.proto.v1.ExportRequest;
import io.metachat.proto.v1.ForgetUserRequest;
import io.metachat.proto.v1.GetProgressRequest;
import io.metachat.proto.v1.GetStatisticsRequest;
import io.metachat.proto.v1.GetUserRequest;
import io.metachat.proto.v1.QueriesGrpc.QueriesBlockingStub;
import io.metachat.proto.v1.UpdateModalitiesRequest;
import io.metachat.proto.v1.UpdateProfileRequest;
import io.metachat.proto.v1.UserCommandsGrpc.UserCommandsBlockingStub;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.node.ObjectNode;

/** {@code /users}. */
@RestController
@RequestMapping("/api/v1/users")
class UserRoutes {

    private static final Set<String> PROFILE_FIELDS =
            Set.of("displayName", "firstName", "lastName", "dateOfBirth", "bio", "avatarUrl", "archetype");

    private static final Duration EXPORT_WITHIN = Duration.ofMinutes(5);

    private final UserCommandsBlockingStub users;
    private final QueriesBlockingStub queries;

    UserRoutes(UserCommandsBlockingStub users, QueriesBlockingStub queries) {
        this.users = users;
        this.queries = queries;
    }

    @GetMapping("/me")
    UserView me(Exchange exchange) {
        return UserView.of(exchange.read(() -> queries.getUser(own(exchange))));
    }

    @GetMapping("/{id}")
    UserView user(Exchange exchange, @PathVariable String id) {
        GetUserRequest request = GetUserRequest.newBuilder().setUserId(id).build();
        return UserView.of(exchange.read(() -> queries.getUser(request)));
    }

    /** Returns the current profile, or 202 without a body when the read model lags. */
    @PatchMapping(
            path = "/me",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MergePatch.MEDIA_TYPE})
    ResponseEntity<UserView> update(Exchange exchange, @RequestBody ObjectNode body) {
        MergePatch patch = MergePatch.of(body, PROFILE_FIELDS);
        UpdateProfileRequest.Builder request = UpdateProfileRequest.newBuilder().addAllFields(patch.fields());
        patch.text("displayName").ifPresent(request::setDisplayName);
        patch.text("firstName").ifPresent(request::setFirstName);
        patch.text("lastName").ifPresent(request::setLastName);
        patch.text("dateOfBirth").ifPresent(request::setDateOfBirth);
        patch.text("bio").ifPresent(request::setBio);
        patch.text("avatarUrl").ifPresent(request::setAvatarUrl);
        patch.requiredText("archetype").ifPresent(request::setArchetype);
        exchange.write(() -> users.updateProfile(request.build()));
        return exchange.readBack(() -> queries.getUser(own(exchange)))
                .map(UserView::of)
                .map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.accepted().build());
    }

    @DeleteMapping("/me")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(Exchange exchange) {
        exchange.write(() -> users.forgetUser(ForgetUserRequest.getDefaultInstance()));
    }

    @PutMapping("/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(Exchange exchange, @RequestBody PasswordBody body) {
        ChangePasswordRequest request = ChangePasswordRequest.newBuilder()
                .setCurrentPassword(text(body.currentPassword()))
                .setNewPassword(text(body.newPassword()))
                .build();
        exchange.write(() -> users.changePassword(request));
    }

    @PutMapping("/me/modalities")
    ModalitiesBody updateModalities(Exchange exchange, @RequestBody ModalitiesBody body) {
        List<String> modalities = Optional.ofNullable(body.modalities()).orElse(List.of()).stream()
                .map(UserRoutes::text)
                .toList();
        UpdateModalitiesRequest request = UpdateModalitiesRequest.newBuilder()
                .addAllModalities(modalities)
                .build();
        exchange.write(() -> users.updateModalities(request));
        return new ModalitiesBody(List.copyOf(modalities));
    }

    @GetMapping("/me/progress")
    ProgressView progress(Exchange exchange) {
        return ProgressView.of(exchange.read(() -> queries.getProgress(GetProgressRequest.getDefaultInstance())));
    }

    @GetMapping("/me/statistics")
    StatisticsView statistics(Exchange exchange) {
        return StatisticsView.of(exchange.read(() -> queries.getStatistics(GetStatisticsRequest.getDefaultInstance())));
    }

    /** Streams all stored data about the caller as one JSON document. */
    @GetMapping(path = "/me/export", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<StreamingResponseBody> export(Exchange exchange, HttpServletResponse response) {
        Iterator<ExportChunk> chunks = exchange.call()
                .minPosition(exchange.minPosition())
                .deadline(EXPORT_WITHIN)
                .invoke(() -> queries.export(ExportRequest.getDefaultInstance()))
                .value();
        // A refusal arrives with the first piece, while a status can still be sent.
        ExportChunk first = chunks.hasNext() ? chunks.next() : ExportChunk.getDefaultInstance();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"metachat-export.json\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(out -> {
                    write(out, first);
                    // Commits the response, so that a later failure breaks the connection. Flushing the stream does
                    // nothing: Spring suppresses it.
                    response.flushBuffer();
                    while (chunks.hasNext()) {
                        write(out, chunks.next());
                    }
                });
    }

    @PutMapping("/{id}/block")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void block(Exchange exchange, @PathVariable String id) {
        exchange.write(() -> users.blockUser(other(id)));
    }

    @DeleteMapping("/{id}/block")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unblock(Exchange exchange, @PathVariable String id) {
        exchange.write(() -> users.unblockUser(other(id)));
    }

    private static void write(OutputStream out, ExportChunk chunk) throws IOException {
        out.write(chunk.getJson().getBytes(StandardCharsets.UTF_8));
    }

    private static GetUserRequest own(Exchange exchange) {
        return GetUserRequest.newBuilder()
                .setUserId(exchange.caller().userId().toString())
                .build();
    }

    private static BlockUserRequest other(String id) {
        return BlockUserRequest.newBuilder().setUserId(id).build();
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
