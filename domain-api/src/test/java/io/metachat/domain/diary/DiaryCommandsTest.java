package io.metachat.domain.diary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.refusal.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiaryCommandsTest {

    private static final UserId ANNA = new UserId(UUID.randomUUID());
    private static final EntryId ENTRY = new EntryId(UUID.randomUUID());

    @Test
    void shouldGoToTheWritersOwnDiary() {
        assertThat(write("Title", "Text", List.of()).target()).isEqualTo("diary-" + ANNA);
    }

    @Test
    void shouldTakeAnEntryUpToItsLimits() {
        assertThat(write("🌞".repeat(200), "x".repeat(100_000), List.of("x".repeat(50)))
                        .tags())
                .hasSize(1);
    }

    @Test
    void shouldRefuseAnEntryBeyondItsLimits() {
        assertThat(refusedFields(() -> write("x".repeat(201), "x".repeat(100_001), List.of("x".repeat(51)))))
                .containsExactly("title", "text", "tags[0]");
    }

    @Test
    void shouldRefuseAnEntryWithoutTitleOrText() {
        assertThat(refusedFields(() -> write(" ", "", List.of()))).containsExactly("title", "text");
    }

    @Test
    void shouldKeepEachTagOnce() {
        assertThat(write("Title", "Text", List.of(" sun ", "sun", "rain")).tags())
                .containsExactly("sun", "rain");
    }

    @Test
    void shouldLeaveOutOfAnEditWhatStays() {
        EditEntry edit = new EditEntry(ANNA, ENTRY, 1, null, null, null);

        assertThat(edit.title()).isNull();
        assertThat(edit.tags()).isNull();
        assertThat(refusedFields(() -> new EditEntry(ANNA, ENTRY, 1, "", " ", List.of(""))))
                .containsExactly("title", "text", "tags[0]");
    }

    @Test
    void shouldRefuseAListThatMakesNoSense() {
        Instant now = Instant.now();
        assertThat(refusedFields(() -> list("sun", new SessionId(UUID.randomUUID()), 20)))
                .containsExactly("sessionId");
        assertThat(refusedFields(() -> list(null, null, 0))).containsExactly("limit");
        assertThat(refusedFields(() -> list(null, null, 101))).containsExactly("limit");
        assertThat(refusedFields(() -> new ListEntries(ANNA, null, null, now, now.minusSeconds(1), 20, null)))
                .containsExactly("from");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "''|0",
                "'  '|0",
                "'one'|1",
                "'one two\tthree\n four'|4",
                "'well-known, isn’t it?'|3",
                "'… — !?'|0",
                "'日本語'|1",
                "'𝒜 1 🌞'|2"
            },
            delimiter = '|')
    void shouldCountWords(String text, int words) {
        assertThat(WordCount.of(text)).isEqualTo(words);
    }

    private static ListEntries list(@Nullable String tag, @Nullable SessionId session, int limit) {
        return new ListEntries(ANNA, tag, session, null, null, limit, null);
    }

    private static WriteEntry write(String title, String text, List<String> tags) {
        return new WriteEntry(ANNA, ENTRY, title, text, tags, null, null);
    }

    private static List<String> refusedFields(Runnable making) {
        List<String> fields = new ArrayList<>();
        assertThatThrownBy(making::run)
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refused ->
                                refused.fields().stream().map(FieldError::field).forEach(fields::add));
        return fields;
    }
}
