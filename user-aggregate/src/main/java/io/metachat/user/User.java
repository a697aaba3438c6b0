package io.metachat.user;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.domain.IdempotencyLedger;
import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.user.Archetype;
import io.metachat.domain.user.AssignArchetype;
import io.metachat.domain.user.BlockUser;
import io.metachat.domain.user.ChangeMatchingPreferences;
import io.metachat.domain.user.ChangePassword;
import io.metachat.domain.user.ForgetUser;
import io.metachat.domain.user.MatchingPreferences;
import io.metachat.domain.user.Modality;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.RegisterUser;
import io.metachat.domain.user.UnblockUser;
import io.metachat.domain.user.UpdateModalities;
import io.metachat.domain.user.UpdateProfile;
import io.metachat.domain.user.event.ArchetypeAssigned;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.ModalitiesUpdated;
import io.metachat.domain.user.event.PasswordChanged;
import io.metachat.domain.user.event.ProfileUpdated;
import io.metachat.domain.user.event.UserBlocked;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.domain.user.event.UserRegistered;
import io.metachat.domain.user.event.UserUnblocked;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * A person: profile, preferences, whom they block. What a command asks for that is so already gives no event.
 *
 * <p>The password's hash is in the events and not here: no rule needs it.
 */
@Aggregate(commandTargetResolver = "domainCommandTargetResolver")
public final class User {

    private static final Profile NOTHING = new Profile(null, null, null, null, null, null);

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable UserId id;
    private @Nullable ReservationId username;
    private @Nullable ReservationId email;
    private Profile profile = NOTHING;
    private @Nullable Archetype archetype;
    private List<Modality> modalities = List.of();
    private MatchingPreferences preferences = MatchingPreferences.OPTED_OUT;
    private final Set<UserId> blocked = new HashSet<>();
    private final IdempotencyLedger answers = new IdempotencyLedger();
    private boolean forgotten;

    /** Somebody who is not registered yet. */
    User() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RegisterUser command, MetaData metaData, Clock clock) {
        if (forgotten) {
            throw new DomainException(DomainError.USER_NOT_FOUND);
        }
        // The id follows from the idempotency key: a repetition of a registration that went through.
        if (isRepeated(metaData)) {
            return;
        }
        checkAge(command.profile().dateOfBirth(), clock);
        if (id == null) {
            apply(
                    new UserRegistered(
                            command.userId(),
                            command.username(),
                            command.email(),
                            command.passwordHash(),
                            command.profile(),
                            now(clock)),
                    answerable(metaData));
        }
    }

    @CommandHandler
    void handle(UpdateProfile command, MetaData metaData, Clock clock) {
        requireKnown();
        if (isRepeated(metaData)) {
            return;
        }
        if (command.dateOfBirth().present()) {
            checkAge(command.dateOfBirth().value(), clock);
        }
        Profile next = new Profile(
                command.displayName().over(profile.displayName()),
                command.firstName().over(profile.firstName()),
                command.lastName().over(profile.lastName()),
                command.dateOfBirth().over(profile.dateOfBirth()),
                command.bio().over(profile.bio()),
                command.avatarUrl().over(profile.avatarUrl()));
        if (!next.equals(profile)) {
            apply(new ProfileUpdated(command.userId(), next, now(clock)), answerable(metaData));
        }
    }

    @CommandHandler
    void handle(ChangePassword command, MetaData metaData, Clock clock) {
        requireKnown();
        if (isRepeated(metaData)) {
            return;
        }
        apply(new PasswordChanged(command.userId(), command.passwordHash(), now(clock)), answerable(metaData));
    }

    @CommandHandler
    void handle(AssignArchetype command, MetaData metaData, Clock clock) {
        requireKnown();
        if (isRepeated(metaData)) {
            return;
        }
        if (command.archetype() != archetype) {
            apply(new ArchetypeAssigned(command.userId(), command.archetype(), now(clock)), answerable(metaData));
        }
    }

    @CommandHandler
    void handle(UpdateModalities command, MetaData metaData, Clock clock) {
        requireKnown();
        if (isRepeated(metaData)) {
            return;
        }
        if (!command.modalities().equals(modalities)) {
            apply(new ModalitiesUpdated(command.userId(), command.modalities(), now(clock)), answerable(metaData));
        }
    }

    @CommandHandler
    void handle(ChangeMatchingPreferences command, MetaData metaData, Clock clock) {
        requireKnown();
        if (isRepeated(metaData)) {
            return;
        }
        if (!command.preferences().equals(preferences)) {
            apply(
                    new MatchingPreferencesChanged(command.userId(), command.preferences(), now(clock)),
                    answerable(metaData));
        }
    }

    @CommandHandler
    void handle(BlockUser command, MetaData metaData, Clock clock) {
        requireKnown();
        if (isRepeated(metaData)) {
            return;
        }
        if (!blocked.contains(command.blocked())) {
            apply(new UserBlocked(command.userId(), command.blocked(), now(clock)), answerable(metaData));
        }
    }

    @CommandHandler
    void handle(UnblockUser command, MetaData metaData, Clock clock) {
        requireKnown();
        if (isRepeated(metaData)) {
            return;
        }
        if (blocked.contains(command.blocked())) {
            apply(new UserUnblocked(command.userId(), command.blocked(), now(clock)), answerable(metaData));
        }
    }

    /** Answers with the names that are to be given back, also when it is repeated: the first attempt may have died. */
    @CommandHandler
    HeldNames handle(ForgetUser command, Clock clock) {
        if (!forgotten) {
            apply(new UserForgotten(command.userId(), now(clock)));
        }
        if (username == null || email == null) {
            throw new DomainException(DomainError.USER_NOT_FOUND);
        }
        return new HeldNames(username, email);
    }

    /** @throws DomainException when the key was used for another request */
    private boolean isRepeated(MetaData metaData) {
        String key = (String) metaData.get(IdempotencyLedger.KEY);
        String fingerprint = (String) metaData.get(IdempotencyLedger.FINGERPRINT);
        return key != null
                && fingerprint != null
                && answers.earlier(key, fingerprint).isPresent();
    }

    /** What of the command's metadata makes the event remember it. */
    private static MetaData answerable(MetaData metaData) {
        return metaData.subset(IdempotencyLedger.KEY, IdempotencyLedger.FINGERPRINT);
    }

    private void requireKnown() {
        if (id == null || forgotten) {
            throw new DomainException(DomainError.USER_NOT_FOUND);
        }
    }

    private static void checkAge(@Nullable LocalDate dateOfBirth, Clock clock) {
        FieldChecks.begin()
                .dateOfBirth("dateOfBirth", dateOfBirth, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .done();
    }

    private static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @EventSourcingHandler
    void on(
            UserRegistered event,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        remember(key, fingerprint);
        stream = event.userId().stream();
        id = event.userId();
        username = ReservationId.username(event.username());
        email = ReservationId.email(event.email());
        profile = event.profile();
    }

    @EventSourcingHandler
    void on(
            ProfileUpdated event,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        remember(key, fingerprint);
        profile = event.profile();
    }

    @EventSourcingHandler
    void on(
            ArchetypeAssigned event,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        remember(key, fingerprint);
        archetype = event.archetype();
    }

    @EventSourcingHandler
    void on(
            ModalitiesUpdated event,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        remember(key, fingerprint);
        modalities = event.modalities();
    }

    @EventSourcingHandler
    void on(
            MatchingPreferencesChanged event,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        remember(key, fingerprint);
        preferences = event.preferences();
    }

    @EventSourcingHandler
    void on(
            UserBlocked event,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        remember(key, fingerprint);
        blocked.add(event.blocked());
    }

    @EventSourcingHandler
    void on(
            UserUnblocked event,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        remember(key, fingerprint);
        blocked.remove(event.blocked());
    }

    @EventSourcingHandler
    void on(
            PasswordChanged event,
            @MetaDataValue(IdempotencyLedger.KEY) @Nullable String key,
            @MetaDataValue(IdempotencyLedger.FINGERPRINT) @Nullable String fingerprint) {
        remember(key, fingerprint);
    }

    @EventSourcingHandler
    void on(UserForgotten event) {
        forgotten = true;
        profile = NOTHING;
    }

    private void remember(@Nullable String key, @Nullable String fingerprint) {
        if (key != null && fingerprint != null) {
            answers.record(key, fingerprint, "done");
        }
    }
}
