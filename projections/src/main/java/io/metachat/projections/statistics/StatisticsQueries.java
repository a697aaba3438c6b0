package io.metachat.projections.statistics;

import io.metachat.domain.UserId;
import io.metachat.domain.user.GetUser;
import io.metachat.projections.entry.EntryProjection;
import io.metachat.projections.entry.EntryQueries;
import io.metachat.projections.mood.MoodMessages;
import io.metachat.projections.mood.MoodProjection;
import io.metachat.projections.mood.MoodQueries;
import io.metachat.projections.page.Times;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.session.SessionProjection;
import io.metachat.projections.session.SessionQueries;
import io.metachat.projections.user.UserQueries;
import io.metachat.proto.v1.Progress;
import io.metachat.proto.v1.Statistics;
import io.metachat.proto.v1.User;
import java.time.Clock;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Answers with numbers: what a person has written, and how far they have come. */
@Component
public class StatisticsQueries {

    private static final int TOP_TOPICS = 10;

    private final EntryQueries entries;
    private final SessionQueries sessions;
    private final MoodQueries moods;
    private final UserQueries users;
    private final MinimumPosition position;
    private final Clock clock;

    StatisticsQueries(
            EntryQueries entries,
            SessionQueries sessions,
            MoodQueries moods,
            UserQueries users,
            MinimumPosition position,
            Clock clock) {
        this.entries = entries;
        this.sessions = sessions;
        this.moods = moods;
        this.users = users;
        this.position = position;
        this.clock = clock;
    }

    public Statistics statistics(UserId user) {
        position.await(user, EntryProjection.NAME, MoodProjection.NAME, SessionProjection.NAME);
        WritingFold writing = writing(user);
        TopicFold topics = new TopicFold();
        int analysed = moods.analysed(user, mood -> topics.add(mood.topics()));
        Statistics.Builder statistics = Statistics.newBuilder()
                .setEntries(writing.entries())
                .setWords(writing.words())
                .setSessions(sessions.count(user))
                .setCurrentStreakDays(writing.currentStreak())
                .setLongestStreakDays(writing.longestStreak())
                .setEntriesAnalysed(analysed);
        topics.top(TOP_TOPICS).forEach(topic -> statistics.addTopTopics(MoodMessages.topic(topic)));
        if (writing.oldest() != null && writing.newest() != null) {
            statistics.setFirstEntryAt(Times.timestamp(writing.oldest()));
            statistics.setLastEntryAt(Times.timestamp(writing.newest()));
        }
        return statistics.build();
    }

    /** The first analysed entry makes a portrait: until then one more is needed. */
    public Progress progress(UserId user) {
        User profile = users.get(new GetUser(user, user));
        position.await(user, EntryProjection.NAME, MoodProjection.NAME);
        return Progress.newBuilder()
                .setProfileComplete(filledIn(profile))
                .setEntriesWritten(writing(user).entries())
                .setEntriesAnalysed(moods.analysed(user, mood -> {}))
                .setEntriesUntilPortrait(moods.hasPortrait(user) ? 0 : 1)
                .setMatchingEnabled(users.preferences(user).getEnabled())
                .build();
    }

    private WritingFold writing(UserId user) {
        WritingFold fold = new WritingFold(LocalDate.now(clock));
        entries.writings(user, fold::add);
        return fold;
    }

    private static double filledIn(User user) {
        return Stream.of(
                        user.hasDisplayName(),
                        user.hasFirstName(),
                        user.hasLastName(),
                        user.hasDateOfBirth(),
                        user.hasBio(),
                        user.hasAvatarUrl(),
                        user.hasArchetype(),
                        user.getModalitiesCount() > 0)
                .mapToDouble(filled -> filled ? 1 : 0)
                .average()
                .orElse(0);
    }
}
