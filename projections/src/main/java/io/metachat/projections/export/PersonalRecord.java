package io.metachat.projections.export;

import io.metachat.domain.UserId;
import io.metachat.domain.diary.ListEntries;
import io.metachat.domain.diary.ListSessions;
import io.metachat.domain.field.Limits;
import io.metachat.domain.match.ListMatches;
import io.metachat.domain.user.GetUser;
import io.metachat.projections.entry.EntryQueries;
import io.metachat.projections.match.MatchQueries;
import io.metachat.projections.mood.MoodQueries;
import io.metachat.projections.notification.KeptNotifications;
import io.metachat.projections.session.SessionQueries;
import io.metachat.projections.user.UserQueries;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.EntryPage;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchPage;
import io.metachat.proto.v1.Session;
import io.metachat.proto.v1.SessionPage;
import java.io.StringWriter;
import java.time.Clock;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes everything that is known of a person as one JSON document, in pieces. */
@Component
class PersonalRecord {

    private static final int PIECE = 32 * 1024;

    private final UserQueries users;
    private final EntryQueries entries;
    private final SessionQueries sessions;
    private final MoodQueries moods;
    private final MatchQueries matches;
    private final KeptNotifications notifications;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    PersonalRecord(
            UserQueries users,
            EntryQueries entries,
            SessionQueries sessions,
            MoodQueries moods,
            MatchQueries matches,
            KeptNotifications notifications,
            Clock clock) {
        this.users = users;
        this.entries = entries;
        this.sessions = sessions;
        this.moods = moods;
        this.matches = matches;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** @param pieces takes the document's text, piece after piece */
    void write(UserId user, Consumer<String> pieces) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(text)) {
            RecordWriter writer = new RecordWriter(generator, () -> {
                generator.flush();
                if (text.getBuffer().length() >= PIECE) {
                    pieces.accept(text.toString());
                    text.getBuffer().setLength(0);
                }
            });
            write(user, writer);
        }
        pieces.accept(text.toString());
    }

    private void write(UserId user, RecordWriter writer) {
        writer.begin(clock.instant());
        writer.user(users.get(new GetUser(user, user)), users.preferences(user));
        writer.list("blocked", users.blocks(user), writer::block);
        writer.list("sessions", sessions(user), writer::session);
        writer.list("entries", entries(user), writer::entry);
        writer.portrait(moods.portrait(user));
        writer.list("matches", matches(user), writer::match);
        matches.findSearch(user).ifPresent(writer::search);
        writer.list("notifications", notifications.all(user), writer::notification);
        writer.end();
    }

    private Iterable<Session> sessions(UserId user) {
        return new CursorWalk<>(cursor -> {
            SessionPage page = sessions.list(new ListSessions(user, Limits.PAGE_MAX, cursor));
            return new CursorWalk.Part<>(page.getItemsList(), page.hasNextCursor() ? page.getNextCursor() : null);
        });
    }

    private Iterable<Entry> entries(UserId user) {
        return new CursorWalk<>(cursor -> {
            EntryPage page = entries.list(new ListEntries(user, null, null, null, null, Limits.PAGE_MAX, cursor));
            return new CursorWalk.Part<>(page.getItemsList(), page.hasNextCursor() ? page.getNextCursor() : null);
        });
    }

    private Iterable<Match> matches(UserId user) {
        return new CursorWalk<>(cursor -> {
            MatchPage page = matches.list(new ListMatches(user, Limits.PAGE_MAX, cursor));
            return new CursorWalk.Part<>(page.getItemsList(), page.hasNextCursor() ? page.getNextCursor() : null);
        });
    }
}
