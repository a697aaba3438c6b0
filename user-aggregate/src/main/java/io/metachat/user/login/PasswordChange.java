package io.metachat.user.login;

import io.metachat.domain.DomainException;
import io.metachat.domain.FieldChecks;
import io.metachat.domain.UserId;
import io.metachat.domain.user.ChangePassword;
import io.metachat.user.password.PasswordHasher;
import io.metachat.user.password.PasswordPolicy;
import java.util.List;
import org.springframework.stereotype.Service;

/** What comes before a password is changed: the old one proves who asks, the new one must not be weak. */
@Service
public class PasswordChange {

    private final Logins logins;
    private final PasswordPolicy policy;
    private final PasswordHasher passwords;

    PasswordChange(Logins logins, PasswordPolicy policy, PasswordHasher passwords) {
        this.logins = logins;
        this.policy = policy;
        this.passwords = passwords;
    }

    /** @throws DomainException when the current password is wrong or the new one is refused */
    public ChangePassword command(UserId userId, String current, String next) {
        FieldChecks checks = FieldChecks.begin().required("currentPassword", current);
        policy.checkLength(checks, "newPassword", next);
        checks.done();
        policy.refuseCommon("newPassword", next, List.of());
        logins.requirePassword(userId, current);
        return new ChangePassword(userId, passwords.hash(next));
    }
}
