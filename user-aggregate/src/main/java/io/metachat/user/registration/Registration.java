package io.metachat.user.registration;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import io.metachat.domain.axon.keyed.NewId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.request.RepeatRegistration;
import io.metachat.domain.reservation.ConfirmName;
import io.metachat.domain.reservation.ReserveName;
import io.metachat.domain.reservation.WithdrawName;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.RegisterUser;
import io.metachat.service.call.Idempotency;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.user.login.Logins;
import io.metachat.user.login.TokenPair;
import io.metachat.user.password.BoundedPasswordEncoder;
import io.metachat.user.password.PasswordPolicy;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The steps of a registration: the form is checked, an earlier registration with the same idempotency key is answered, the
 * password is hashed, both names are reserved, the user is registered, the names are confirmed. The service may die between
 * any two of them: reserved names expire, and the credentials' processor confirms the names of a registered user. With an
 * idempotency key it may be repeated from the start, because the user's id follows from the key.
 */
@Service
public class Registration {

    private final CommandDispatcher commands;
    private final PasswordPolicy policy;
    private final BoundedPasswordEncoder passwords;
    private final Logins logins;
    private final Clock clock;

    Registration(
            CommandDispatcher commands,
            PasswordPolicy policy,
            BoundedPasswordEncoder passwords,
            Logins logins,
            Clock clock) {
        this.commands = commands;
        this.policy = policy;
        this.passwords = passwords;
        this.logins = logins;
        this.clock = clock;
    }

    /** The fields of a registration. */
    public record Form(String username, String email, String password, Profile profile) {

        @Override
        public String toString() {
            return "Form[]";
        }
    }

    /**
     * Registers somebody and signs them in. A repetition with the same key signs in again, with the current password only.
     *
     * @throws DomainException when a field is wrong, the password is weak, a name is taken, the key was used for another
     *     registration, or the password of a repetition is not the current one any more
     */
    public TokenPair register(Form form, Optional<Idempotency> idempotency) {
        check(form);
        for (Idempotency key : idempotency.map(Idempotency::each).orElse(List.of())) {
            UserId registered = new UserId(NewId.of("user", Optional.of(key)));
            String password = earlierRegistration(registered, form);
            if (password != null) {
                return signIn(registered, form.password(), password);
            }
        }
        UserId userId = new UserId(NewId.of("user", idempotency));
        String hash = passwords.encode(form.password());
        ReservationId username = ReservationId.username(form.username());
        ReservationId email = ReservationId.email(form.email());
        reserve(username, email, userId);
        String current = registered(
                new RegisterUser(userId, form.username(), form.email(), hash, form.profile()), username, email);
        confirm(username, userId);
        confirm(email, userId);
        // Another hash is that of a twin, a concurrent repetition that was first.
        return current.equals(hash) ? logins.start(userId) : signIn(userId, form.password(), current);
    }

    /** @return the hash of the user's current password, or null when this is not a repetition */
    private @Nullable String earlierRegistration(UserId userId, Form form) {
        try {
            return commands.<String>dispatch(new RepeatRegistration(userId, form.username(), form.email()))
                    .result();
        } catch (AggregateNotFoundException firstAttempt) {
            return null;
        }
    }

    private TokenPair signIn(UserId userId, String password, String hash) {
        if (!passwords.matches(password, hash)) {
            throw new DomainException(DomainError.BAD_CREDENTIALS);
        }
        return logins.start(userId);
    }

    /** A refused registration gives its names back immediately. */
    private String registered(RegisterUser command, ReservationId username, ReservationId email) {
        try {
            return commands.<String>dispatch(command).result();
        } catch (DomainException refused) {
            commands.dispatchUnkeyed(new WithdrawName(username, command.userId()));
            commands.dispatchUnkeyed(new WithdrawName(email, command.userId()));
            throw refused;
        }
    }

    private void check(Form form) {
        FieldChecks checks = FieldChecks.begin()
                .required("username", form.username())
                .username("username", form.username().isBlank() ? null : form.username())
                .required("email", form.email())
                .email("email", form.email().isBlank() ? null : form.email())
                .required("password", form.password())
                .text("displayName", form.profile().displayName(), Limits.NAME)
                .text("firstName", form.profile().firstName(), Limits.NAME)
                .text("lastName", form.profile().lastName(), Limits.NAME)
                .dateOfBirth(
                        "dateOfBirth",
                        form.profile().dateOfBirth(),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        if (!form.password().isBlank()) {
            policy.checkLength(checks, "password", form.password());
        }
        checks.done();
        policy.refuseCommon("password", form.password(), List.of(form.username(), form.email()));
    }

    private void reserve(ReservationId username, ReservationId email, UserId userId) {
        commands.dispatchUnkeyed(new ReserveName(username, userId));
        try {
            commands.dispatchUnkeyed(new ReserveName(email, userId));
        } catch (DomainException refused) {
            commands.dispatchUnkeyed(new WithdrawName(username, userId));
            throw refused;
        }
    }

    /** A refused twin for the same user may have given the name back in the meantime: then it is reserved again. */
    private void confirm(ReservationId name, UserId userId) {
        try {
            commands.dispatchUnkeyed(new ConfirmName(name, userId));
        } catch (DomainException notOurs) {
            commands.dispatchUnkeyed(new ReserveName(name, userId));
            commands.dispatchUnkeyed(new ConfirmName(name, userId));
        }
    }
}
