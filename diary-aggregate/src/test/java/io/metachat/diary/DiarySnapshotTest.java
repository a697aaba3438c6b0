package io.metachat.diary;

import static io.metachat.diary.DiaryFixture.ANNA;
import static io.metachat.diary.DiaryFixture.JOYFUL;
import static io.metachat.diary.DiaryFixture.NOW;
import static io.metachat.diary.DiaryFixture.OTHER_ENTRY;
import static io.metachat.diary.DiaryFixture.SAD;
import static io.metachat.diary.DiaryFixture.SESSION;
import static io.metachat.diary.DiaryFixture.analysis;
import static io.metachat.diary.DiaryFixture.ended;
import static io.metachat.diary.DiaryFixture.opened;
import static io.metachat.diary.DiaryFixture.started;
import static io.metachat.diary.DiaryFixture.unsupported;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.SessionEnded;
import io.metachat.domain.diary.event.SessionStarted;
import io.metachat.domain.mood.Analysis;
import io.metachat.proto.diary.snapshot.DiaryState;
import io.metachat.service.json.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.snapshotting.RevisionSnapshotFilter;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DiarySnapshotTest {

    /** EventStoreDB takes at most 1 MiB in one append. */
    private static final int LARGEST_EVENT = 1 << 20;

    private final JsonMapper json = mapper();

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = EventJson.mapper().rebuild();
        new DiaryJson().customize(builder);
        return builder.build();
    }

    @Test
    void shouldComeBackFromJsonAsItWas() {
        Diary diary = diaryOf(3);
        keyed(diary, "k-9", 9).on(new SessionStarted(ANNA, new SessionId(UUID.randomUUID()), "Evening", NOW), 9);

        String stored = json.writeValueAsString(diary);
        Diary restored = json.readValue(stored, Diary.class);

        assertThat(restored).usingRecursiveComparison().isEqualTo(diary);
    }

    @Test
    void shouldHoldNoText() {
        assertThat(json.writeValueAsString(diaryOf(3))).doesNotContain("Spring", "warm", "rained", "sun");
    }

    @Test
    void shouldFitIntoOneAppendWithTwentyThousandEntries() {
        assertThat(json.writeValueAsBytes(diaryOf(20_000))).hasSizeLessThan(LARGEST_EVENT);
    }

    @Test
    void shouldLoadADiaryOfTenThousandEntriesWithinMilliseconds() {
        byte[] stored = json.writeValueAsBytes(diaryOf(10_000));
        for (int i = 0; i < 20; i++) {
            json.readValue(stored, Diary.class);
        }
        long begun = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            json.readValue(stored, Diary.class);
        }
        assertThat(Duration.ofNanos((System.nanoTime() - begun) / 20)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void shouldRefuseASnapshotThatWasCutOff() {
        byte[] whole = diaryOf(3).snapshot().state();

        assertThat(restores(whole)).isTrue();
        for (int length = 0; length < whole.length; length++) {
            assertThat(restores(Arrays.copyOf(whole, length)))
                    .as("cut at %d of %d", length, whole.length)
                    .isFalse();
        }
    }

    @Test
    void shouldRefuseTrailingBytesAndWhatANewerBuildWrote() throws Exception {
        byte[] whole = diaryOf(3).snapshot().state();
        byte[] twice = Arrays.copyOf(whole, 2 * whole.length);
        System.arraycopy(whole, 0, twice, whole.length, whole.length);
        byte[] newer = DiaryState.parseFrom(whole).toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build()
                .toByteArray();

        assertThat(restores(whole)).isTrue();
        assertThat(restores(Arrays.copyOf(whole, whole.length + 1))).isFalse();
        assertThat(restores(twice)).isFalse();
        assertThat(restores(newer)).isFalse();
    }

    private static boolean restores(byte[] state) {
        try {
            Diary.restore(new DiarySnapshot(state));
            return true;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    /** Revision 2 was made before keyed digests, revision 4 before snapshots said that they are complete. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "4"})
    void shouldPassOverASnapshotOfAnEarlierForm(String revision) throws Exception {
        String stored = golden("diary.v" + revision + ".json");

        assertThat(RevisionSnapshotFilter.builder()
                        .type("Diary")
                        .revision(Diary.SNAPSHOT_REVISION)
                        .build()
                        .allow(new GenericDomainEventEntry<>(
                                "Diary",
                                ANNA.diary().stream(),
                                8,
                                "id",
                                NOW,
                                Diary.class.getName(),
                                revision,
                                stored.getBytes(StandardCharsets.UTF_8),
                                new byte[0])))
                .isFalse();
        assertThatThrownBy(() -> json.readValue(stored, Diary.class)).isInstanceOf(RuntimeException.class);
    }

    /** A file here is never changed: such snapshots lie in stores. */
    @Test
    void shouldReadASnapshotOfThisForm() throws Exception {
        Diary restored = json.readValue(golden("diary.v" + Diary.SNAPSHOT_REVISION + ".json"), Diary.class);

        assertThat(restored).usingRecursiveComparison().isEqualTo(goldenDiary());
    }

    static Diary goldenDiary() {
        Diary diary = new Diary();
        diary.on(opened());
        keyed(diary, "test.key-1", 1).on(started(), 1);
        diary.on(ended());
        keyed(diary, "test.key-2", 3).on(DiaryFixture.written(DiaryFixture.ENTRY, NOW), 3);
        diary.on(DiaryFixture.analysed(DiaryFixture.ENTRY, 1, NOW, analysis(JOYFUL)));
        diary.on(DiaryFixture.written(OTHER_ENTRY, DiaryFixture.YESTERDAY), 5);
        diary.on(DiaryFixture.edited(2, "It rained.", 2), 6);
        diary.on(DiaryFixture.deleted(OTHER_ENTRY, 1, DiaryFixture.YESTERDAY));
        diary.on(new SessionStarted(ANNA, DiaryFixture.OTHER_SESSION, "Evening", NOW), 8);
        diary.on(DiaryFixture.shifted(JOYFUL, 0.5, 1, 0.2));
        return diary;
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = DiarySnapshotTest.class.getResourceAsStream("/snapshots/" + name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldTakeNoSnapshotOfADiaryThatWasNeverOpened() {
        assertThatThrownBy(() -> new Diary().snapshot()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldBeTheSameWhereverItsSnapshotWasTaken() {
        for (int seed = 0; seed < 5; seed++) {
            List<Consumer<Diary>> history = history(new Random(seed), 120);
            Diary whole = new Diary();
            history.forEach(event -> event.accept(whole));
            for (int taken = 1; taken < history.size(); taken += 7) {
                Diary before = new Diary();
                history.subList(0, taken).forEach(event -> event.accept(before));
                Diary restored = json.readValue(json.writeValueAsBytes(before), Diary.class);
                history.subList(taken, history.size()).forEach(event -> event.accept(restored));

                assertThat(restored)
                        .as("seed %d, snapshot after %d events", seed, taken)
                        .usingRecursiveComparison()
                        .isEqualTo(whole);
            }
        }
    }

    /** Entries that come, change, are analysed and go, and sessions around them. */
    private static List<Consumer<Diary>> history(Random random, int length) {
        List<Consumer<Diary>> history = new ArrayList<>(List.of(diary -> diary.on(opened())));
        List<EntryId> live = new ArrayList<>();
        SessionId session = null;
        while (history.size() < length) {
            long sequence = history.size();
            String key = random.nextBoolean() ? "k-" + sequence : null;
            Instant at = NOW.plus(Duration.ofMinutes(random.nextInt(100_000)));
            int choice = random.nextInt(8);
            if (choice < 3 || live.isEmpty()) {
                EntryId entry = new EntryId(new UUID(random.nextLong(), random.nextLong()));
                live.add(entry);
                history.add(diary -> keyed(diary, key, sequence).on(written(entry, at), sequence));
            } else if (choice == 3) {
                EntryId entry = live.get(random.nextInt(live.size()));
                history.add(diary -> keyed(diary, key, sequence).on(edited(entry, at), sequence));
            } else if (choice == 4) {
                EntryId entry = live.remove(random.nextInt(live.size()));
                history.add(diary -> keyed(diary, key, sequence).on(DiaryFixture.deleted(entry, 1, at)));
            } else if (choice < 7) {
                EntryId entry = live.get(random.nextInt(live.size()));
                Analysis analysis = mood(random.nextInt(3), at);
                history.add(diary -> diary.on(new EntryAnalysed(ANNA, entry, 1, at, analysis)));
            } else if (session == null) {
                SessionId started = new SessionId(new UUID(random.nextLong(), random.nextLong()));
                session = started;
                history.add(
                        diary -> keyed(diary, key, sequence).on(new SessionStarted(ANNA, started, null, at), sequence));
            } else {
                SessionId ended = session;
                session = null;
                history.add(diary -> keyed(diary, key, sequence).on(new SessionEnded(ANNA, ended, at)));
            }
        }
        return history;
    }

    /** The diary, whose answers have seen an event with this key. */
    private static Diary keyed(Diary diary, @Nullable String key, long sequence) {
        diary.answers().on(opened(), key == null ? MetaData.emptyInstance() : DiaryFixture.key(key, "f"), sequence);
        return diary;
    }

    private static Diary diaryOf(int entries) {
        Diary diary = new Diary();
        diary.on(opened());
        keyed(diary, "k-0", 1).on(started(), 1);
        diary.on(ended());
        for (int i = 0; i < entries; i++) {
            EntryId entry = i == 0 ? OTHER_ENTRY : new EntryId(UUID.randomUUID());
            Instant at = NOW.plus(Duration.ofHours(i));
            keyed(diary, i < 2 ? "k-" + i : null, 3L * i + 3).on(written(entry, at), 3L * i + 3);
            diary.on(new EntryAnalysed(ANNA, entry, 1, at, mood(i, at)));
            if (i % 2 == 0) {
                diary.on(edited(entry, at), 3L * i + 5);
            }
        }
        diary.on(DiaryFixture.shifted(JOYFUL, 0.5, entries, 0.2));
        return diary;
    }

    private static Analysis mood(int i, Instant at) {
        return switch (i % 3) {
            case 0 -> analysis(JOYFUL, "model-1", at);
            case 1 -> analysis(SAD, "model-2", at);
            default -> unsupported();
        };
    }

    private static EntryWritten written(EntryId entry, Instant at) {
        return new EntryWritten(ANNA, entry, 1, "Spring", "The first warm day.", List.of("sun"), SESSION, at, 4);
    }

    private static EntryEdited edited(EntryId entry, Instant at) {
        return new EntryEdited(ANNA, entry, 2, "Spring", "It rained.", List.of("sun"), List.of(), SESSION, at, NOW, 2);
    }
}
