package io.metachat.gateway.auth;

import io.metachat.gateway.http.Anonymous;
import io.metachat.gateway.http.Exchange;
import io.metachat.proto.v1.LoginRequest;
import io.metachat.proto.v1.RefreshRequest;
import io.metachat.proto.v1.RegisterRequest;
import io.metachat.proto.v1.UserCommandsGrpc.UserCommandsBlockingStub;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /auth}: the only routes that need no access token. */
@RestController
@RequestMapping("/api/v1/auth")
class AuthRoutes {

    private final UserCommandsBlockingStub users;

    AuthRoutes(UserCommandsBlockingStub users) {
        this.users = users;
    }

    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    TokensView register(@Anonymous Exchange exchange, @RequestBody RegisterBody body) {
        RegisterRequest.Builder request = RegisterRequest.newBuilder()
                .setUsername(text(body.username()))
                .setEmail(text(body.email()))
                .setPassword(text(body.password()));
        Optional.ofNullable(body.displayName()).ifPresent(request::setDisplayName);
        Optional.ofNullable(body.firstName()).ifPresent(request::setFirstName);
        Optional.ofNullable(body.lastName()).ifPresent(request::setLastName);
        Optional.ofNullable(body.dateOfBirth()).ifPresent(request::setDateOfBirth);
        return TokensView.of(exchange.write(() -> users.register(request.build())));
    }

    @PostMapping("/login")
    TokensView login(@Anonymous Exchange exchange, @RequestBody LoginBody body) {
        LoginRequest request = LoginRequest.newBuilder()
                .setLogin(text(body.login()))
                .setPassword(text(body.password()))
                .build();
        return TokensView.of(exchange.write(() -> users.login(request)));
    }

    @PostMapping("/refresh")
    TokensView refresh(@Anonymous Exchange exchange, @RequestBody RefreshBody body) {
        return TokensView.of(exchange.write(() -> users.refresh(request(body))));
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logout(@Anonymous Exchange exchange, @RequestBody RefreshBody body) {
        exchange.write(() -> users.logout(request(body)));
    }

    private static RefreshRequest request(RefreshBody body) {
        return RefreshRequest.newBuilder()
                .setRefreshToken(text(body.refreshToken()))
                .build();
    }

    /** The services treat an absent text like an empty one. */
    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
