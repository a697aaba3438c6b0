package io.metachat.user;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.domain.UserId;
import io.metachat.domain.axon.keyed.KeyedAnswers;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.request.RepeatRegistration;
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
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateMember;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A person: profile, preferences, whom they block. A command that changes nothing publishes no event of its own. */
@Aggregate(commandTargetResolver = "domainCommandTargetResolver")
public final class User {

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable Account account;
    private Profile profile = Profile.EMPTY;
    private @Nullable Archetype archetype;
    private List<Modality> modalities = List.of();
    private MatchingPreferences preferences = MatchingPreferences.OPTED_OUT;
    private final Set<UserId> blocked = new HashSet<>();

    @AggregateMember
    private final KeyedAnswers answers = new KeyedAnswers();

    private boolean forgotten;

    /** A person who is not registered yet. */
    User() {}

    /** A known key is answered from the state, also of a forgotten user: a repetition brings nothing back. */
    @CommandHandlerInterceptor
    @Nullable
    Object answer(CommandMessage<?> command, InterceptorChain chain) throws Exception {
        return answers.answer(command, chain, sequence -> again(command.getPayload()));
    }

    private @Nullable Object again(Object command) {
        boolean proves = command instanceof RegisterUser
                || command instanceof RepeatRegistration
                || command instanceof ChangePassword;
        return proves
                ? account().currentPassword()
                : command instanceof ForgetUser ? account().names() : null;
    }

    /** @return the hash of the current password: a registration may be a repetition, and must prove itself by it */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    String handle(RegisterUser command, Clock clock) {
        if (account != null) {
            return account.repeated(command.username(), command.email());
        }
        Profile.checkAge(command.profile().dateOfBirth(), LocalDate.now(clock));
        apply(new UserRegistered(
                command.userId(),
                command.username(),
                command.email(),
                command.passwordHash(),
                command.profile(),
                clock.instant()));
        return command.passwordHash();
    }

    /** @return the hash of the current password */
    @CommandHandler
    String handle(RepeatRegistration command) {
        return account().repeated(command.username(), command.email());
    }

    @CommandHandler
    void handle(UpdateProfile command, Clock clock) {
        requireKnown();
        Profile.checkAge(command.dateOfBirth().value(), LocalDate.now(clock));
        Profile next = command.over(profile);
        if (!next.equals(profile)) {
            apply(new ProfileUpdated(command.userId(), next, clock.instant()));
        }
    }

    /** @return the hash of the current password: that of an earlier change when this one is a repetition */
    @CommandHandler
    String handle(ChangePassword command, Clock clock) {
        requireKnown();
        apply(new PasswordChanged(command.userId(), command.passwordHash(), clock.instant()));
        return command.passwordHash();
    }

    @CommandHandler
    void handle(AssignArchetype command, Clock clock) {
        requireKnown();
        if (command.archetype() != archetype) {
            apply(new ArchetypeAssigned(command.userId(), command.archetype(), clock.instant()));
        }
    }

    @CommandHandler
    void handle(UpdateModalities command, Clock clock) {
        requireKnown();
        if (!command.modalities().equals(modalities)) {
            apply(new ModalitiesUpdated(command.userId(), command.modalities(), clock.instant()));
        }
    }

    @CommandHandler
    void handle(ChangeMatchingPreferences command, Clock clock) {
        requireKnown();
        if (!command.preferences().equals(preferences)) {
            apply(new MatchingPreferencesChanged(command.userId(), command.preferences(), clock.instant()));
        }
    }

    @CommandHandler
    void handle(BlockUser command, Clock clock) {
        requireKnown();
        if (!blocked.contains(command.blocked())) {
            apply(new UserBlocked(command.userId(), command.blocked(), clock.instant()));
        }
    }

    @CommandHandler
    void handle(UnblockUser command, Clock clock) {
        requireKnown();
        if (blocked.contains(command.blocked())) {
            apply(new UserUnblocked(command.userId(), command.blocked(), clock.instant()));
        }
    }

    /** Returns the names to release, also when it is repeated: the first attempt may have died before their release. */
    @CommandHandler
    ReservedNames handle(ForgetUser command, Clock clock) {
        if (!forgotten) {
            apply(new UserForgotten(command.userId(), clock.instant()));
        }
        return account().names();
    }

    private Account account() {
        if (account == null) {
            throw new DomainException(DomainError.USER_NOT_FOUND);
        }
        return account;
    }

    private void requireKnown() {
        if (account == null || forgotten) {
            throw new DomainException(DomainError.USER_NOT_FOUND);
        }
    }

    @EventSourcingHandler
    void on(UserRegistered event) {
        stream = event.userId().stream();
        account = Account.of(event);
        profile = event.profile();
    }

    @EventSourcingHandler
    void on(ProfileUpdated event) {
        profile = event.profile();
    }

    @EventSourcingHandler
    void on(ArchetypeAssigned event) {
        archetype = event.archetype();
    }

    @EventSourcingHandler
    void on(ModalitiesUpdated event) {
        modalities = event.modalities();
    }

    @EventSourcingHandler
    void on(MatchingPreferencesChanged event) {
        preferences = event.preferences();
    }

    @EventSourcingHandler
    void on(UserBlocked event) {
        blocked.add(event.blocked());
    }

    @EventSourcingHandler
    void on(UserUnblocked event) {
        blocked.remove(event.blocked());
    }

    @EventSourcingHandler
    void on(PasswordChanged event) {
        account = account().withPassword(event.passwordHash());
    }

    @EventSourcingHandler
    void on(UserForgotten event) {
        forgotten = true;
        account = account().withPassword(null);
        profile = Profile.EMPTY;
    }
}
