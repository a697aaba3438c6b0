package io.metachat.projections.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MaskedEventTest {

    private static final UserId ADA = new UserId(new UUID(1, 2));
    private static final EntryId ENTRY = new EntryId(new UUID(3, 4));
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @Test
    void shouldSayHowMuchThereIsOfWhatPeopleWrote() {
        Map<String, Object> shown = MaskedEvent.of(
                new EntryWritten(ADA, ENTRY, 1, "Secret", "Nobody knows", List.of("love", "mystery"), null, NOON, 2));

        assertThat(shown)
                .containsEntry("userId", ADA.value().toString())
                .containsEntry("entryId", ENTRY.value().toString())
                .containsEntry("revision", 1)
                .containsEntry("title", "(6 characters)")
                .containsEntry("text", "(12 characters)")
                .containsEntry("tags", "(2 values, the longest of 7 characters)")
                .containsEntry("writtenAt", "2026-03-04T12:00:00Z")
                .doesNotContainKey("sessionId");
    }

    @Test
    void shouldMaskWithinWhatAnEventHolds() {
        Analysis analysis = new Analysis(
                Analysis.Status.UNSUPPORTED,
                new Emotions(0, 0, 0, 0, 0, 0, 0, 0),
                null,
                0,
                0,
                0,
                "language",
                List.of(),
                List.of("mother"),
                List.of(),
                "model-1",
                NOON);

        Map<String, Object> shown = MaskedEvent.of(new EntryAnalysed(ADA, ENTRY, 1, NOON, analysis));

        assertThat(shown.get("analysis").toString())
                .contains("modelVersion=model-1", "(1 values, the longest of 6 characters)")
                .doesNotContain("mother");
    }
}
