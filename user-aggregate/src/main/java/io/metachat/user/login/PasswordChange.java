package io.metachat.user.login;

import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.user.ChangePassword;
import io.metachat.user.password.BoundedPasswordEncoder;
import io.metachat.user.password.PasswordPolicy;
import java.util.List;
import org.springframework.stereotype.Service;

/** What comes before a password is changed: the old one proves who asks, the new one must not be weak. */
@Service
public class PasswordChange {

    private final Logins logins;
    private final PasswordPolicy policy;
    private final BoundedPasswordEncoder passwords;

    PasswordChange(Logins logins, PasswordPolicy policy, BoundedPasswordEncoder passwords) {
        this.logins = logins;
        this.policy = policy;
        this.passwords = passwords;
    }

    /**
     * @param repeatable whether the call may be the repetition of one that went through, whose current password is not
     *     the current one any more; it proves itself by the new one, and the user's ledger knows the rest
     * @throws DomainException when the current password is wrong or the new one is refused
     */
    public ChangePassword command(UserId userId, String current, String next, boolean repeatable) {
        FieldChecks checks = FieldChecks.begin().required("currentPassword", current);
        policy.checkLength(checks, "newPassword", next);
        checks.done();
        policy.refuseCommon("newPassword", next, List.of());
        if (!logins.isPassword(userId, current) && !(repeatable && logins.isPassword(userId, next))) {
            throw new DomainException(DomainError.BAD_CREDENTIALS);
        }
        return new ChangePassword(userId, passwords.encode(next));
    }

    /**
     * Checks that the user answered this change. No fingerprint covers a password, so a key that was used for the change to
     * another one is recognised here only.
     *
     * @param current the hash of the user's password after {@code sent} was handled
     * @throws DomainException {@link DomainError#IDEMPOTENCY_KEY_REUSED}
     */
    public void requireAnswered(ChangePassword sent, String next, String current) {
        if (!current.equals(sent.passwordHash()) && !passwords.matches(next, current)) {
            throw new DomainException(DomainError.IDEMPOTENCY_KEY_REUSED);
        }
    }
}
