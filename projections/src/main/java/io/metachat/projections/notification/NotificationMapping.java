package io.metachat.projections.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.metachat.domain.DomainEvent;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchEvent;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotion;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.projections.mood.MoodColumns;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which events people are told, and what. The one mapping for both ways, the table and the live stream, so that it makes
 * no difference to a reader by which way something came.
 */
final class NotificationMapping {

    /** The types of events that somebody is told. */
    static final Set<Class<? extends DomainEvent>> TYPES = Set.of(
            EntryAnalysed.class,
            MoodProfileShifted.class,
            MatchProposed.class,
            MatchEstablished.class,
            MatchDeclined.class,
            MatchCancelled.class,
            MatchExpired.class);

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private NotificationMapping() {}

    /** Who is told what of the event: each person once at most. */
    static List<PersonalNotification> of(DomainEvent event) {
        if (event instanceof EntryAnalysed analysed) {
            return List.of(
                    new PersonalNotification(analysed.userId(), "entry.analysed", json(AnalysedEntry.of(analysed))));
        }
        if (event instanceof MoodProfileShifted shifted) {
            return List.of(new PersonalNotification(
                    shifted.userId(), "profile.shifted", json(ShiftedProfile.of(shifted.profile()))));
        }
        if (event instanceof MatchProposed proposed) {
            return both(proposed, "proposed", proposed);
        }
        if (event instanceof MatchEstablished established) {
            return both(established, "established", null);
        }
        if (event instanceof MatchDeclined declined) {
            return both(declined, "declined", null);
        }
        if (event instanceof MatchCancelled cancelled) {
            return both(cancelled, "cancelled", null);
        }
        if (event instanceof MatchExpired expired) {
            return both(expired, "expired", null);
        }
        return List.of();
    }

    private static List<PersonalNotification> both(MatchEvent event, String state, @Nullable MatchProposed proposal) {
        return Stream.of(event.users().first(), event.users().second())
                .map(user -> new PersonalNotification(
                        user, "match." + state, json(ChangedMatch.of(event, user, state, proposal))))
                .toList();
    }

    private static String json(Object data) {
        return JSON.writeValueAsString(data);
    }

    private record AnalysedEntry(
            String entryId,
            int entryRevision,
            String status,
            @Nullable String dominant,
            double valence,
            double arousal,
            double confidence) {

        static AnalysedEntry of(EntryAnalysed event) {
            Analysis mood = event.analysis();
            return new AnalysedEntry(
                    event.entryId().toString(),
                    event.entryRevision(),
                    mood.status().name().toLowerCase(Locale.ROOT),
                    MoodColumns.dominant(mood.dominant()),
                    mood.valence(),
                    mood.arousal(),
                    mood.confidence());
        }
    }

    private record ShiftedProfile(
            @Nullable String dominant, double valence, double arousal, double stability, int entriesAnalysed) {

        static ShiftedProfile of(MoodProfile profile) {
            Emotion dominant = profile.emotions().dominant().orElse(null);
            return new ShiftedProfile(
                    MoodColumns.dominant(dominant),
                    profile.valence(),
                    profile.arousal(),
                    profile.stability(),
                    profile.entriesAnalysed());
        }
    }

    /** @param userId the other person */
    private record ChangedMatch(
            String matchId,
            String userId,
            String state,
            @Nullable String proposedBy,
            @Nullable Double score,
            @Nullable List<String> commonTopics,
            @Nullable Instant expiresAt) {

        static ChangedMatch of(MatchEvent event, UserId told, String state, @Nullable MatchProposed proposal) {
            return new ChangedMatch(
                    event.matchId().toString(),
                    event.users().other(told).toString(),
                    state,
                    proposal == null ? null : proposal.proposedBy().toString(),
                    proposal == null ? null : proposal.score().score(),
                    proposal == null ? null : proposal.score().commonTopics(),
                    proposal == null ? null : proposal.expiresAt());
        }
    }
}
