package io.metachat.projections.user;

import static io.metachat.projections.table.Cell.set;
import static io.metachat.projections.user.UserTables.BLOCKS;
import static io.metachat.projections.user.UserTables.USERS;

import io.metachat.domain.UserId;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.event.ArchetypeAssigned;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.ModalitiesUpdated;
import io.metachat.domain.user.event.ProfileUpdated;
import io.metachat.domain.user.event.UserBlocked;
import io.metachat.domain.user.event.UserRegistered;
import io.metachat.domain.user.event.UserUnblocked;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Writes;
import io.metachat.projections.user.UserTables.UserRow;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps accounts, profiles and preferences. Nothing of a password is ever taken from an event. */
@Configuration(proxyBeanMethods = false)
public class UserProjection {

    public static final String NAME = "users";

    @Bean
    public static Projection users() {
        return Projection.named(NAME)
                .revision(1)
                .tables(USERS, BLOCKS)
                .on(UserRegistered.class, UserProjection::registered)
                .on(ProfileUpdated.class, (e, writes) -> profile(e.userId(), e.profile(), writes))
                .on(ArchetypeAssigned.class, UserProjection::archetype)
                .on(ModalitiesUpdated.class, UserProjection::modalities)
                .on(MatchingPreferencesChanged.class, UserProjection::preferences)
                .on(UserBlocked.class, UserProjection::blocked)
                .on(UserUnblocked.class, UserProjection::unblocked)
                .build();
    }

    private static void registered(UserRegistered event, Writes writes) {
        writes.upsert(USERS.row(
                event.userId(),
                set(UserRow::username).to(event.username()),
                set(UserRow::email).to(event.email()),
                set(UserRow::createdAt).to(event.registeredAt())));
        profile(event.userId(), event.profile(), writes);
    }

    private static void profile(UserId user, Profile profile, Writes writes) {
        writes.upsert(USERS.row(
                user,
                set(UserRow::displayName).to(profile.displayName()),
                set(UserRow::firstName).to(profile.firstName()),
                set(UserRow::lastName).to(profile.lastName()),
                set(UserRow::dateOfBirth).to(profile.dateOfBirth()),
                set(UserRow::bio).to(profile.bio()),
                set(UserRow::avatarUrl).to(profile.avatarUrl())));
    }

    private static void archetype(ArchetypeAssigned event, Writes writes) {
        writes.upsert(USERS.row(event.userId(), set(UserRow::archetype).to(wireName(event.archetype()))));
    }

    private static void modalities(ModalitiesUpdated event, Writes writes) {
        writes.upsert(USERS.row(
                event.userId(),
                set(UserRow::modalities)
                        .to(event.modalities().stream()
                                .map(UserProjection::wireName)
                                .toList())));
    }

    private static void preferences(MatchingPreferencesChanged event, Writes writes) {
        writes.upsert(USERS.row(
                event.userId(),
                set(UserRow::matchingEnabled).to(event.preferences().enabled()),
                set(UserRow::minAge).to(event.preferences().minAge()),
                set(UserRow::maxAge).to(event.preferences().maxAge())));
    }

    private static void blocked(UserBlocked event, Writes writes) {
        writes.upsert(BLOCKS.row(
                event.userId(),
                set(Block::blockedId).to(event.blocked().value()),
                set(Block::blockedAt).to(event.blockedAt())));
    }

    private static void unblocked(UserUnblocked event, Writes writes) {
        writes.delete(BLOCKS.row(
                event.userId(), set(Block::blockedId).to(event.blocked().value())));
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
