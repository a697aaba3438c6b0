package io.metachat.projections.export;

import com.google.protobuf.Timestamp;
import io.metachat.projections.user.Block;
import io.metachat.proto.v1.Emotions;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.EntryContent;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchingPreferences;
import io.metachat.proto.v1.Mood;
import io.metachat.proto.v1.MoodStatus;
import io.metachat.proto.v1.Notification;
import io.metachat.proto.v1.Portrait;
import io.metachat.proto.v1.Search;
import io.metachat.proto.v1.Session;
import io.metachat.proto.v1.TextSpan;
import io.metachat.proto.v1.Topic;
import io.metachat.proto.v1.User;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Writes the parts of a person's record, in the names and shapes of the REST API. What is absent is left out. */
final class RecordWriter {

    private final JsonGenerator json;
    private final Runnable afterItem;

    /** @param afterItem called between items of lists, where a piece of the text may end */
    RecordWriter(JsonGenerator json, Runnable afterItem) {
        this.json = json;
        this.afterItem = afterItem;
    }

    void begin(Instant exportedAt) {
        json.writeStartObject();
        json.writeStringProperty("exportedAt", exportedAt.toString());
    }

    void end() {
        json.writeEndObject();
    }

    <T> void list(String name, Iterable<T> items, Consumer<T> item) {
        json.writeArrayPropertyStart(name);
        for (T each : items) {
            json.writeStartObject();
            item.accept(each);
            json.writeEndObject();
            afterItem.run();
        }
        json.writeEndArray();
    }

    void user(User user, MatchingPreferences preferences) {
        json.writeObjectPropertyStart("user");
        json.writeStringProperty("id", user.getUserId());
        json.writeStringProperty("username", user.getUsername());
        text("email", user.hasEmail(), user.getEmail());
        text("displayName", user.hasDisplayName(), user.getDisplayName());
        text("firstName", user.hasFirstName(), user.getFirstName());
        text("lastName", user.hasLastName(), user.getLastName());
        text("dateOfBirth", user.hasDateOfBirth(), user.getDateOfBirth());
        text("bio", user.hasBio(), user.getBio());
        text("avatarUrl", user.hasAvatarUrl(), user.getAvatarUrl());
        text("archetype", user.hasArchetype(), user.getArchetype());
        texts("modalities", user.getModalitiesList());
        time("createdAt", user.hasCreatedAt(), user.getCreatedAt());
        json.writeEndObject();
        json.writeObjectPropertyStart("matchingPreferences");
        json.writeBooleanProperty("enabled", preferences.getEnabled());
        if (preferences.hasMinAge()) {
            json.writeNumberProperty("minAge", preferences.getMinAge());
        }
        if (preferences.hasMaxAge()) {
            json.writeNumberProperty("maxAge", preferences.getMaxAge());
        }
        json.writeEndObject();
    }

    void block(Block block) {
        json.writeStringProperty("userId", block.blockedId().toString());
        json.writeStringProperty("blockedAt", block.blockedAt().toString());
    }

    void session(Session session) {
        json.writeStringProperty("id", session.getSessionId());
        text("title", session.hasTitle(), session.getTitle());
        time("startedAt", session.hasStartedAt(), session.getStartedAt());
        time("endedAt", session.hasEndedAt(), session.getEndedAt());
        json.writeNumberProperty("entries", session.getEntries());
    }

    void entry(Entry entry) {
        EntryContent content = entry.getContent();
        json.writeStringProperty("id", content.getEntryId());
        json.writeStringProperty("title", content.getTitle());
        json.writeStringProperty("text", content.getText());
        texts("tags", content.getTagsList());
        text("sessionId", content.hasSessionId(), content.getSessionId());
        time("writtenAt", content.hasWrittenAt(), content.getWrittenAt());
        time("editedAt", content.hasEditedAt(), content.getEditedAt());
        json.writeNumberProperty("revision", content.getRevision());
        json.writeNumberProperty("wordCount", content.getWordCount());
        mood(entry.getMood());
    }

    void portrait(Portrait portrait) {
        if (!portrait.hasUpdatedAt()) {
            return;
        }
        json.writeObjectPropertyStart("portrait");
        emotions(portrait.getEmotions());
        text("dominant", portrait.hasDominant(), portrait.getDominant());
        json.writeNumberProperty("valence", portrait.getValence());
        json.writeNumberProperty("arousal", portrait.getArousal());
        json.writeNumberProperty("stability", portrait.getStability());
        topics(portrait.getTopicsList());
        json.writeNumberProperty("entriesAnalysed", portrait.getEntriesAnalysed());
        time("updatedAt", true, portrait.getUpdatedAt());
        json.writeEndObject();
    }

    void match(Match match) {
        json.writeStringProperty("id", match.getMatchId());
        json.writeStringProperty("state", word(match.getState(), "MATCH_STATE_"));
        json.writeStringProperty("proposedBy", match.getProposedBy());
        texts("users", match.getUsersList());
        texts("acceptedBy", match.getAcceptedByList());
        json.writeNumberProperty("score", match.getScore());
        json.writeObjectPropertyStart("parts");
        json.writeNumberProperty("mood", match.getParts().getMood());
        json.writeNumberProperty("topics", match.getParts().getTopics());
        json.writeNumberProperty("stability", match.getParts().getStability());
        json.writeNumberProperty("freshness", match.getParts().getFreshness());
        json.writeEndObject();
        texts("commonTopics", match.getCommonTopicsList());
        time("createdAt", match.hasCreatedAt(), match.getCreatedAt());
        time("expiresAt", match.hasExpiresAt(), match.getExpiresAt());
    }

    void search(Search search) {
        json.writeObjectPropertyStart("search");
        json.writeStringProperty("searchId", search.getSearchId());
        json.writeStringProperty("state", search.getState());
        time("startedAt", search.hasStartedAt(), search.getStartedAt());
        time("endedAt", search.hasEndedAt(), search.getEndedAt());
        texts("tried", search.getTriedList().stream().map(Match::getMatchId).toList());
        json.writeEndObject();
    }

    void notification(Notification notification) {
        json.writeNumberProperty("position", notification.getPosition());
        json.writeStringProperty("type", notification.getType());
        json.writeName("data");
        json.writeRawValue(notification.getData());
    }

    private void mood(Mood mood) {
        json.writeObjectPropertyStart("mood");
        json.writeStringProperty("status", word(mood.getStatus(), "MOOD_STATUS_"));
        if (mood.getStatus() != MoodStatus.MOOD_STATUS_PENDING) {
            emotions(mood.getEmotions());
            text("dominant", mood.hasDominant(), mood.getDominant());
            json.writeNumberProperty("valence", mood.getValence());
            json.writeNumberProperty("arousal", mood.getArousal());
            json.writeNumberProperty("confidence", mood.getConfidence());
            text("reason", mood.hasReason(), mood.getReason());
            topics(mood.getTopicsList());
            texts("keywords", mood.getKeywordsList());
            evidence(mood.getEvidenceList());
            text("modelVersion", mood.hasModelVersion(), mood.getModelVersion());
            time("analysedAt", mood.hasAnalysedAt(), mood.getAnalysedAt());
        }
        json.writeEndObject();
    }

    private void emotions(Emotions emotions) {
        json.writeObjectPropertyStart("emotions");
        json.writeNumberProperty("joy", emotions.getJoy());
        json.writeNumberProperty("trust", emotions.getTrust());
        json.writeNumberProperty("fear", emotions.getFear());
        json.writeNumberProperty("surprise", emotions.getSurprise());
        json.writeNumberProperty("sadness", emotions.getSadness());
        json.writeNumberProperty("disgust", emotions.getDisgust());
        json.writeNumberProperty("anger", emotions.getAnger());
        json.writeNumberProperty("anticipation", emotions.getAnticipation());
        json.writeEndObject();
    }

    private void topics(List<Topic> topics) {
        json.writeArrayPropertyStart("topics");
        for (Topic topic : topics) {
            json.writeStartObject();
            json.writeStringProperty("name", topic.getName());
            json.writeNumberProperty("weight", topic.getWeight());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void evidence(List<TextSpan> spans) {
        json.writeArrayPropertyStart("evidence");
        for (TextSpan span : spans) {
            json.writeStartObject();
            json.writeNumberProperty("start", span.getStart());
            json.writeNumberProperty("end", span.getEnd());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void texts(String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private void text(String name, boolean present, String text) {
        if (present) {
            json.writeStringProperty(name, text);
        }
    }

    private void time(String name, boolean present, Timestamp time) {
        if (present) {
            json.writeStringProperty(
                    name,
                    Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
        }
    }

    private static String word(Enum<?> constant, String prefix) {
        return constant.name().substring(prefix.length()).toLowerCase(Locale.ROOT);
    }
}
