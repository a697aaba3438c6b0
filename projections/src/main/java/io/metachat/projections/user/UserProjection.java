package io.metachat.projections.user;

import io.metachat.domain.UserId;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.event.ArchetypeAssigned;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.ModalitiesUpdated;
import io.metachat.domain.user.event.ProfileUpdated;
import io.metachat.domain.user.event.UserBlocked;
import io.metachat.domain.user.event.UserRegistered;
import io.metachat.domain.user.event.UserUnblocked;
import io.metachat.projections.table.EventHandlers;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.Writes;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Keeps what people tell of themselves. Nothing of a password is ever taken from an event. */
@Component
public final class UserProjection implements Projection {

    public static final String NAME = "users";

    private static final TableWrite ACCOUNT = UserTables.USERS.upsert("user_id", "username", "email", "created_at");
    private static final TableWrite PROFILE = UserTables.USERS.upsert(
            "user_id", "display_name", "first_name", "last_name", "date_of_birth", "bio", "avatar_url");
    private static final TableWrite ARCHETYPE = UserTables.USERS.upsert("user_id", "archetype");
    private static final TableWrite MODALITIES = UserTables.USERS.upsert("user_id", "modalities");
    private static final TableWrite PREFERENCES =
            UserTables.USERS.upsert("user_id", "matching_enabled", "min_age", "max_age");
    private static final TableWrite BLOCK = UserTables.BLOCKS.upsert("user_id", "blocked_id", "blocked_at");
    private static final TableWrite UNBLOCK = UserTables.BLOCKS.delete("user_id", "blocked_id");

    private final EventHandlers handlers = EventHandlers.builder()
            .on(UserRegistered.class, UserProjection::registered)
            .on(ProfileUpdated.class, (e, writes) -> profile(e.userId(), e.profile(), writes))
            .on(ArchetypeAssigned.class, UserProjection::archetype)
            .on(ModalitiesUpdated.class, UserProjection::modalities)
            .on(MatchingPreferencesChanged.class, UserProjection::preferences)
            .on(UserBlocked.class, UserProjection::blocked)
            .on(UserUnblocked.class, UserProjection::unblocked)
            .build();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int revision() {
        return 1;
    }

    @Override
    public List<Table> tables() {
        return List.of(UserTables.USERS, UserTables.BLOCKS);
    }

    @Override
    public EventHandlers handlers() {
        return handlers;
    }

    private static void registered(UserRegistered event, Writes writes) {
        writes.apply(ACCOUNT, event.userId().value(), event.username(), event.email(), event.registeredAt());
        profile(event.userId(), event.profile(), writes);
    }

    private static void profile(UserId user, Profile profile, Writes writes) {
        writes.apply(
                PROFILE,
                user.value(),
                profile.displayName(),
                profile.firstName(),
                profile.lastName(),
                profile.dateOfBirth(),
                profile.bio(),
                profile.avatarUrl());
    }

    private static void archetype(ArchetypeAssigned event, Writes writes) {
        writes.apply(ARCHETYPE, event.userId().value(), word(event.archetype()));
    }

    private static void modalities(ModalitiesUpdated event, Writes writes) {
        writes.apply(
                MODALITIES,
                event.userId().value(),
                event.modalities().stream().map(UserProjection::word).toList());
    }

    private static void preferences(MatchingPreferencesChanged event, Writes writes) {
        writes.apply(
                PREFERENCES,
                event.userId().value(),
                event.preferences().enabled(),
                event.preferences().minAge(),
                event.preferences().maxAge());
    }

    private static void blocked(UserBlocked event, Writes writes) {
        writes.apply(BLOCK, event.userId().value(), event.blocked().value(), event.blockedAt());
    }

    private static void unblocked(UserUnblocked event, Writes writes) {
        writes.apply(UNBLOCK, event.userId().value(), event.blocked().value());
    }

    /** An enum's constant as clients know it. */
    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
