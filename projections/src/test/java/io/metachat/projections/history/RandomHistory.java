package io.metachat.projections.history;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.EntryId;
import io.metachat.domain.MatchId;
import io.metachat.domain.SearchId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.candidate.MatchScore;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.diary.event.SessionEnded;
import io.metachat.domain.diary.event.SessionStarted;
import io.metachat.domain.match.event.MatchAccepted;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotion;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.TextSpan;
import io.metachat.domain.mood.Topic;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.domain.user.Archetype;
import io.metachat.domain.user.MatchingPreferences;
import io.metachat.domain.user.Modality;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.event.ArchetypeAssigned;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.ModalitiesUpdated;
import io.metachat.domain.user.event.ProfileUpdated;
import io.metachat.domain.user.event.UserBlocked;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.domain.user.event.UserRegistered;
import io.metachat.domain.user.event.UserUnblocked;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A history of a few people, as the aggregates would have decided it: every kind of event that projections handle, from
 * a seed. The last of the people is forgotten halfway, while events about them are still under way.
 */
public final class RandomHistory {

    private static final List<String> TAGS = List.of("work", "home", "Über-uns", "日記");

    private final Random random;
    private final List<StoredEvent> events = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<Person> people = new ArrayList<>();
    private long position;
    private Instant now;

    private RandomHistory(long seed) {
        this.random = new Random(seed);
        this.now = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(5, ChronoUnit.DAYS);
    }

    /** @param steps how many things happen after everybody has registered */
    public static List<StoredEvent> of(long seed, int people, int steps) {
        RandomHistory history = new RandomHistory(seed);
        for (int i = 0; i < people; i++) {
            history.register();
        }
        for (int step = 0; step < steps; step++) {
            if (step == steps / 2) {
                Person last = history.people.get(people - 1);
                history.add(last.id.stream(), new UserForgotten(last.id, history.now));
            }
            history.step();
        }
        return List.copyOf(history.events);
    }

    private static final class Person {
        private final UserId id;
        private final Map<EntryId, EntryWritten> entries = new LinkedHashMap<>();
        private final Map<EntryId, Integer> revisions = new HashMap<>();
        private @Nullable SessionId session;
        private @Nullable SearchId search;

        private Person(UserId id) {
            this.id = id;
        }
    }

    private void register() {
        Person person = new Person(new UserId(uuid()));
        people.add(person);
        add(
                person.id.stream(),
                new UserRegistered(person.id, "name" + people.size(), "a@b.example", "hash", profile(), now));
    }

    private void step() {
        Person person = people.get(random.nextInt(people.size()));
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> write(person);
            case 4, 5 -> edit(person);
            case 6 -> delete(person);
            case 7, 8, 9 -> analyse(person);
            case 10 -> session(person);
            case 11 -> change(person);
            case 12 -> search(person);
            default -> match(person);
        }
    }

    private void write(Person person) {
        EntryId entry = new EntryId(uuid());
        Instant writtenAt = now.minus(random.nextInt(200), ChronoUnit.DAYS);
        EntryWritten written = new EntryWritten(
                person.id, entry, 1, "title", text(), tags(), person.session, writtenAt, random.nextInt(500));
        person.entries.put(entry, written);
        person.revisions.put(entry, 1);
        add(person.id.diary().stream(), written);
    }

    private void edit(Person person) {
        EntryWritten before = any(person);
        if (before == null) {
            return;
        }
        int revision = person.revisions.merge(before.entryId(), 1, Integer::sum);
        List<String> tags = tags();
        EntryEdited edited = new EntryEdited(
                person.id,
                before.entryId(),
                revision,
                "new title",
                text(),
                tags,
                before.tags().stream().filter(tag -> !tags.contains(tag)).toList(),
                before.sessionId(),
                before.writtenAt(),
                now,
                random.nextInt(500));
        person.entries.put(
                before.entryId(),
                new EntryWritten(
                        person.id,
                        before.entryId(),
                        revision,
                        "",
                        "",
                        tags,
                        before.sessionId(),
                        before.writtenAt(),
                        0));
        add(person.id.diary().stream(), edited);
    }

    private void delete(Person person) {
        EntryWritten before = any(person);
        if (before == null) {
            return;
        }
        person.entries.remove(before.entryId());
        add(
                person.id.diary().stream(),
                new EntryDeleted(
                        person.id,
                        before.entryId(),
                        person.revisions.get(before.entryId()),
                        before.tags(),
                        before.sessionId(),
                        before.writtenAt(),
                        now));
    }

    private void analyse(Person person) {
        EntryWritten entry = any(person);
        if (entry == null) {
            return;
        }
        add(
                person.id.diary().stream(),
                new EntryAnalysed(
                        person.id,
                        entry.entryId(),
                        person.revisions.get(entry.entryId()),
                        entry.writtenAt(),
                        analysis()));
        if (random.nextBoolean()) {
            MoodProfile profile = new MoodProfile(
                    emotions(),
                    0.2,
                    0.4,
                    random.nextDouble(),
                    List.of(new Topic("work", random.nextDouble())),
                    random.nextInt(4),
                    now);
            add(person.id.diary().stream(), new MoodProfileShifted(person.id, profile, 0.3, now));
        }
    }

    private void session(Person person) {
        if (person.session == null) {
            person.session = new SessionId(uuid());
            add(
                    person.id.diary().stream(),
                    new SessionStarted(person.id, person.session, random.nextBoolean() ? "evening" : null, now));
        } else {
            add(person.id.diary().stream(), new SessionEnded(person.id, person.session, now));
            person.session = null;
        }
    }

    private void change(Person person) {
        UserId other = people.get(random.nextInt(people.size())).id;
        DomainEvent event = switch (random.nextInt(6)) {
            case 0 -> new ProfileUpdated(person.id, profile(), now);
            case 1 ->
                new ArchetypeAssigned(person.id, Archetype.values()[random.nextInt(Archetype.values().length)], now);
            case 2 -> new ModalitiesUpdated(person.id, List.of(Modality.TEXT, Modality.IN_PERSON), now);
            case 3 ->
                new MatchingPreferencesChanged(
                        person.id,
                        new MatchingPreferences(random.nextBoolean(), random.nextBoolean() ? 20 : null, 99),
                        now);
            case 4 -> new UserBlocked(person.id, other, now);
            default -> new UserUnblocked(person.id, other, now);
        };
        add(person.id.stream(), event);
    }

    private void search(Person person) {
        if (person.search == null) {
            person.search = new SearchId(uuid());
            add(person.id.searchOwner().stream(), new MatchSearchStarted(person.id, person.search, now));
        } else {
            MatchSearchEnded.Outcome outcome =
                    random.nextBoolean() ? MatchSearchEnded.Outcome.MATCHED : MatchSearchEnded.Outcome.CANCELLED;
            add(person.id.searchOwner().stream(), new MatchSearchEnded(person.id, person.search, outcome, null, now));
            person.search = null;
        }
    }

    private void match(Person person) {
        Person other = people.get(random.nextInt(people.size()));
        if (other == person) {
            return;
        }
        UserPair pair = new UserPair(person.id, other.id);
        MatchId match = new MatchId(uuid());
        MatchScore score =
                new MatchScore(random.nextDouble(), 0.5, random.nextDouble(), 0.25, 0.125, List.of("work", "music"));
        add(
                match.stream(),
                new MatchProposed(match, pair, person.id, 1, score, person.search, now, now.plus(1, ChronoUnit.DAYS)));
        switch (random.nextInt(5)) {
            case 0 -> add(match.stream(), new MatchDeclined(match, pair, other.id, now));
            case 1 -> add(match.stream(), new MatchExpired(match, pair, now));
            case 2 ->
                add(match.stream(), new MatchCancelled(match, pair, person.id, MatchCancelled.Reason.WITHDRAWN, now));
            case 3 -> {
                add(match.stream(), new MatchAccepted(match, pair, person.id, now));
                add(match.stream(), new MatchAccepted(match, pair, other.id, now));
                add(match.stream(), new MatchEstablished(match, pair, now));
            }
            default -> add(match.stream(), new MatchAccepted(match, pair, other.id, now));
        }
    }

    private void add(String stream, DomainEvent event) {
        position += 100 + random.nextInt(2_000);
        now = now.plusMillis(random.nextInt(600_000));
        long sequence = sequences.merge(stream, 1L, Long::sum) - 1;
        events.add(new StoredEvent(position, stream, sequence, now, event));
    }

    private @Nullable EntryWritten any(Person person) {
        List<EntryWritten> entries = List.copyOf(person.entries.values());
        return entries.isEmpty() ? null : entries.get(random.nextInt(entries.size()));
    }

    private Analysis analysis() {
        if (random.nextInt(5) == 0) {
            return new Analysis(
                    Analysis.Status.UNSUPPORTED,
                    Emotions.NONE,
                    null,
                    0,
                    0,
                    0,
                    "not English",
                    List.of(),
                    List.of(),
                    List.of(),
                    "model-1",
                    now);
        }
        return new Analysis(
                Analysis.Status.ANALYSED,
                emotions(),
                Emotion.JOY,
                2 * random.nextDouble() - 1,
                random.nextDouble(),
                random.nextDouble(),
                null,
                List.of(new Topic("work", random.nextDouble()), new Topic("music", random.nextDouble())),
                List.of("deadline", "piano"),
                List.of(new TextSpan(0, 4), new TextSpan(10, 20)),
                "model-" + random.nextInt(3),
                now);
    }

    private Emotions emotions() {
        return Emotions.of(random.doubles(Emotion.values().length).toArray());
    }

    private Profile profile() {
        return new Profile(
                random.nextBoolean() ? "Someone" : null,
                "First",
                null,
                null,
                random.nextBoolean() ? "bio" : null,
                null);
    }

    private List<String> tags() {
        return TAGS.stream().filter(tag -> random.nextInt(3) == 0).toList();
    }

    private String text() {
        return "text ".repeat(1 + random.nextInt(20));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
