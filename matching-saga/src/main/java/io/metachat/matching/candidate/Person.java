package io.metachat.matching.candidate;

import io.metachat.domain.UserId;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.user.MatchingPreferences;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody as the search sees them.
 *
 * @param profile the decayed mood profile; {@code null} while there is no analysed entry
 * @param lastEntryAt when they last wrote
 * @param blocked whom they never want to meet
 */
public record Person(
        UserId id,
        @Nullable String username,
        @Nullable String displayName,
        @Nullable LocalDate dateOfBirth,
        MatchingPreferences preferences,
        @Nullable MoodProfile profile,
        @Nullable Instant lastEntryAt,
        Set<UserId> blocked) {

    public Person {
        blocked = Set.copyOf(blocked);
    }

    static Person unknown(UserId id) {
        return new Person(id, null, null, null, MatchingPreferences.OPTED_OUT, null, null, Set.of());
    }

    /** Whether they have registered, as far as this service has heard. */
    public boolean registered() {
        return username != null;
    }

    Person named(String name, @Nullable String display, @Nullable LocalDate born) {
        return new Person(id, name, display, born, preferences, profile, lastEntryAt, blocked);
    }

    Person described(@Nullable String display, @Nullable LocalDate born) {
        return new Person(id, username, display, born, preferences, profile, lastEntryAt, blocked);
    }

    Person preferring(MatchingPreferences wishes) {
        return new Person(id, username, displayName, dateOfBirth, wishes, profile, lastEntryAt, blocked);
    }

    /** Of no analysed entry, as after the last one was deleted, there is no profile: nobody is compared by zeros. */
    Person feeling(MoodProfile mood) {
        MoodProfile felt = mood.entriesAnalysed() == 0 ? null : mood;
        return new Person(id, username, displayName, dateOfBirth, preferences, felt, lastEntryAt, blocked);
    }

    Person wroteAt(Instant time) {
        Instant latest = lastEntryAt == null || time.isAfter(lastEntryAt) ? time : lastEntryAt;
        return new Person(id, username, displayName, dateOfBirth, preferences, profile, latest, blocked);
    }

    Person blocking(UserId other) {
        Set<UserId> more = new HashSet<>(blocked);
        more.add(other);
        return new Person(id, username, displayName, dateOfBirth, preferences, profile, lastEntryAt, more);
    }

    Person unblocking(UserId other) {
        Set<UserId> fewer = new HashSet<>(blocked);
        fewer.remove(other);
        return new Person(id, username, displayName, dateOfBirth, preferences, profile, lastEntryAt, fewer);
    }

    /** Age in whole years, when the date of birth is known. */
    Optional<Integer> ageOn(LocalDate day) {
        return Optional.ofNullable(dateOfBirth).map(born -> born.until(day).getYears());
    }
}
