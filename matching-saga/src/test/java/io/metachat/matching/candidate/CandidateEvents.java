package io.metachat.matching.candidate;

import static io.metachat.matching.People.NOW;
import static io.metachat.matching.People.profile;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.Topic;
import io.metachat.domain.user.MatchingPreferences;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.UserRegistered;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Fills a pool by the events that fill it in production. */
public final class CandidateEvents {

    private final CandidateProjection projection;

    public CandidateEvents(CandidatePool pool) {
        projection = new CandidateProjection(pool);
    }

    public CandidateProjection projection() {
        return projection;
    }

    /** Somebody registers, opts in, writes, and is analysed. */
    public void joined(UserId user, Emotions emotions, double valence, Topic... topics) {
        registered(user);
        projection.on(new MatchingPreferencesChanged(user, new MatchingPreferences(true, null, null), NOW));
        projection.on(new EntryWritten(
                user, new EntryId(UUID.randomUUID()), 1, "A day", "It was a day.", List.of(), null, NOW, 4));
        projection.on(new MoodProfileShifted(user, profile(emotions, valence, topics), 1, NOW));
    }

    public void registered(UserId user) {
        String name = "user" + user.value().getLeastSignificantBits();
        projection.on(new UserRegistered(
                user,
                name,
                name + "@example.org",
                "hash",
                new Profile(name, null, null, LocalDate.of(1990, 1, 1), null, null),
                NOW));
    }
}
