package io.metachat.user.registration;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import io.metachat.domain.Uuids;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.reservation.ConfirmName;
import io.metachat.domain.reservation.ReleaseName;
import io.metachat.domain.reservation.ReserveName;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.RegisterUser;
import io.metachat.service.call.Idempotency;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.user.login.Logins;
import io.metachat.user.login.TokenPair;
import io.metachat.user.password.PasswordHasher;
import io.metachat.user.password.PasswordPolicy;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * The steps of a registration: everything is checked, the password is hashed, both names are reserved, the user is
 * registered, the names are confirmed. It may die between any two of them: what was reserved runs out, and what was
 * registered is confirmed by the credentials' processor. With an idempotency key it may be repeated from the start,
 * because the user's id follows from the key.
 */
@Service
public class Registration {

    private final CommandDispatcher commands;
    private final PasswordPolicy policy;
    private final PasswordHasher passwords;
    private final Logins logins;
    private final Clock clock;

    Registration(
            CommandDispatcher commands, PasswordPolicy policy, PasswordHasher passwords, Logins logins, Clock clock) {
        this.commands = commands;
        this.policy = policy;
        this.passwords = passwords;
        this.logins = logins;
        this.clock = clock;
    }

    /** What somebody filled in. */
    public record Form(String username, String email, String password, Profile profile) {

        @Override
        public String toString() {
            return "Form[]";
        }
    }

    /**
     * Registers somebody and signs them in.
     *
     * @throws DomainException when a field is wrong, the password is weak, a name is taken, or the key was used for
     *     another registration
     */
    public TokenPair register(Form form, Optional<Idempotency> idempotency) {
        check(form);
        UserId userId = new UserId(
                idempotency.map(key -> Uuids.named("user", key.key())).orElseGet(UUID::randomUUID));
        String hash = passwords.hash(form.password());
        ReservationId username = ReservationId.username(form.username());
        ReservationId email = ReservationId.email(form.email());
        reserve(username, email, userId, idempotency.isPresent());
        commands.dispatch(
                new RegisterUser(userId, form.username(), form.email(), hash, form.profile()),
                idempotency.orElse(null));
        commands.dispatchUnkeyed(new ConfirmName(username, userId));
        commands.dispatchUnkeyed(new ConfirmName(email, userId));
        return logins.start(userId);
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

    private void reserve(ReservationId username, ReservationId email, UserId userId, boolean repeatable) {
        commands.dispatchUnkeyed(new ReserveName(username, userId));
        try {
            commands.dispatchUnkeyed(new ReserveName(email, userId));
        } catch (DomainException refused) {
            // A repeatable registration may have a twin at work for the same user: its name simply runs out.
            if (refused.error() == DomainError.EMAIL_TAKEN && !repeatable) {
                commands.dispatchUnkeyed(new ReleaseName(username, userId));
            }
            throw refused;
        }
    }
}
