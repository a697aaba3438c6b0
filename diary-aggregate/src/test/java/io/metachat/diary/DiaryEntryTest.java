package io.metachat.diary;

import static io.metachat.diary.DiaryFixture.ANNA;
import static io.metachat.diary.DiaryFixture.ENTRY;
import static io.metachat.diary.DiaryFixture.NOW;
import static io.metachat.diary.DiaryFixture.OTHER_ENTRY;
import static io.metachat.diary.DiaryFixture.OTHER_SESSION;
import static io.metachat.diary.DiaryFixture.SESSION;
import static io.metachat.diary.DiaryFixture.YESTERDAY;
import static io.metachat.diary.DiaryFixture.deleted;
import static io.metachat.diary.DiaryFixture.diary;
import static io.metachat.diary.DiaryFixture.edited;
import static io.metachat.diary.DiaryFixture.ended;
import static io.metachat.diary.DiaryFixture.key;
import static io.metachat.diary.DiaryFixture.keyed;
import static io.metachat.diary.DiaryFixture.opened;
import static io.metachat.diary.DiaryFixture.refused;
import static io.metachat.diary.DiaryFixture.started;
import static io.metachat.diary.DiaryFixture.write;
import static io.metachat.diary.DiaryFixture.written;
import static io.metachat.diary.DiaryFixture.writtenIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.diary.entry.Entry;
import io.metachat.domain.diary.DeleteEntry;
import io.metachat.domain.diary.EditEntry;
import io.metachat.domain.diary.WriteEntry;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.request.RequestAnswered;
import java.time.Duration;
import java.util.List;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DiaryEntryTest {

    private final FixtureConfiguration<Diary> diary = diary();

    @Nested
    class Writing {

        @Test
        void shouldOpenTheDiaryWithItsFirstEntry() {
            diary.givenNoPriorActivity()
                    .when(write())
                    .expectSuccessfulHandlerExecution()
                    .expectEvents(opened(), written())
                    .expectResultMessagePayload(Entry.of(written()));
        }

        @Test
        void shouldNotOpenAnOpenDiaryAgain() {
            diary.given(opened(), written(OTHER_ENTRY, YESTERDAY)).when(write()).expectEvents(written());
        }

        @Test
        void shouldFileAnEntryUnderTheTimeThatItsWriterNames() {
            diary.given(opened()).when(write(null, YESTERDAY)).expectEvents(written(ENTRY, YESTERDAY));
        }

        @Test
        void shouldKeepNoTimeFinerThanAMillisecond() {
            diary.given(opened())
                    .when(write(null, YESTERDAY.plusNanos(999_999)))
                    .expectEvents(written(ENTRY, YESTERDAY));
        }

        @Test
        void shouldRefuseAnEntryFromTheFuture() {
            refused(
                    diary.given(opened()).when(write(null, NOW.plus(Duration.ofHours(1)))),
                    DomainError.VALIDATION_FAILED);
        }

        @Test
        void shouldTakeAnEntryIntoTheOpenSession() {
            diary.given(opened(), started()).when(write(SESSION, null)).expectEvents(writtenIn(SESSION));
        }

        @Test
        void shouldRefuseAnEntryIntoAnEndedSession() {
            refused(diary.given(opened(), started(), ended()).when(write(SESSION, null)), DomainError.SESSION_ENDED);
        }

        @Test
        void shouldRefuseAnEntryIntoASessionThatNeverWas() {
            refused(diary.given(opened(), started()).when(write(OTHER_SESSION, null)), DomainError.SESSION_NOT_FOUND);
        }

        @Test
        void shouldAnswerTheSameKeyAgainWithoutAnEvent() {
            diary.givenCommands(List.of())
                    .andGivenCommands(List.of(keyed(write(), "k-1")))
                    .when(write(), key("k-1", "f-1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(Entry.of(written()));
        }

        @Test
        void shouldAnswerTheSameKeyWithTheFirstRevisionAfterAnEdit() {
            diary.givenCommands(List.of())
                    .andGivenCommands(List.of(keyed(write(), "k-1")))
                    .andGiven(edited(2, "It rained.", 2))
                    .when(write(), key("k-1", "f-1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(Entry.of(written()));
        }

        @Test
        void shouldRefuseTheSameKeyForAnotherRequest() {
            refused(
                    diary.givenCommands(List.of())
                            .andGivenCommands(List.of(keyed(write(), "k-1")))
                            .when(write(), key("k-1", "f-2")),
                    DomainError.IDEMPOTENCY_KEY_REUSED);
        }

        @Test
        void shouldKnowARepetitionWhoseKeyTheLedgerHasForgotten() {
            diary.given(opened(), written())
                    .when(write(), key("k-1", "f-1"))
                    .expectEvents(new RequestAnswered(1L))
                    .expectResultMessagePayload(Entry.of(written()));
        }

        @Test
        void shouldRefuseAnotherRequestUnderAKeyThatTheLedgerHasForgotten() {
            WriteEntry other = new WriteEntry(ANNA, ENTRY, "Spring", "Something else.", List.of(), null, null);
            refused(
                    diary.given(opened(), written()).when(other, key("k-1", "f-2")),
                    DomainError.IDEMPOTENCY_KEY_REUSED);
        }
    }

    @Nested
    class Editing {

        private EditEntry edit(@Nullable Integer revision, @Nullable String title, @Nullable String text) {
            return new EditEntry(ANNA, ENTRY, revision, title, text, null);
        }

        @Test
        void shouldMergeWhatStaysFromTheStream() {
            EntryEdited expected = edited(2, "It rained all day.", 4);
            diary.given(opened(), written())
                    .when(edit(1, null, "It rained all day."))
                    .expectEvents(expected)
                    .expectResultMessagePayload(Entry.of(expected));
        }

        @Test
        void shouldMergeWithTheLatestRevisionNotTheFirst() {
            EntryEdited expected = new EntryEdited(
                    ANNA, ENTRY, 3, "Rain", "It rained all day.", List.of("sun"), List.of(), null, NOW, NOW, 4);
            diary.given(opened(), written(), edited(2, "It rained all day.", 4))
                    .when(edit(2, "Rain", null))
                    .expectEvents(expected);
        }

        @Test
        void shouldNameTheTagsThatAreGone() {
            diary.given(opened(), written())
                    .when(new EditEntry(ANNA, ENTRY, 1, null, null, List.of("rain")))
                    .expectEvents(new EntryEdited(
                            ANNA,
                            ENTRY,
                            2,
                            "Spring",
                            "The first warm day of the year.",
                            List.of("rain"),
                            List.of("sun"),
                            null,
                            NOW,
                            NOW,
                            7));
        }

        @Test
        void shouldEditWhateverIsThereWithoutAnExpectedRevision() {
            diary.given(opened(), written(), edited(2, "It rained.", 2))
                    .when(edit(null, null, "It snowed."))
                    .expectEvents(edited(3, "It snowed.", 2));
        }

        @Test
        void shouldGiveNoEventWhenNothingChanges() {
            diary.given(opened(), written())
                    .when(new EditEntry(ANNA, ENTRY, 1, "Spring", "The first warm day of the year.", List.of("sun")))
                    .expectNoEvents()
                    .expectResultMessagePayload(Entry.of(written()));
        }

        @Test
        void shouldRefuseALostRace() {
            refused(
                    diary.given(opened(), written(), edited(2, "It rained.", 2)).when(edit(1, null, "It snowed.")),
                    DomainError.REVISION_MISMATCH);
        }

        @Test
        void shouldRefuseAnEditOfADeletedEntry() {
            refused(
                    diary.given(opened(), written(), deleted()).when(edit(1, null, "It snowed.")),
                    DomainError.ENTRY_NOT_FOUND);
        }

        @Test
        void shouldRefuseAnEditInADiaryThatWasNeverOpened() {
            refused(diary.givenNoPriorActivity().when(edit(1, null, "It snowed.")), DomainError.ENTRY_NOT_FOUND);
        }

        @Test
        void shouldAnswerTheSameKeyAgainAlthoughTheRevisionHasMovedOn() {
            diary.given(opened(), written())
                    .andGivenCommands(List.of(keyed(edit(1, null, "It rained."), "k-1")))
                    .when(edit(1, null, "It rained."), key("k-1", "f-1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(Entry.of(edited(2, "It rained.", 2)));
        }
    }

    @Nested
    class Deleting {

        @Test
        void shouldSayWhatReadModelsFiledTheEntryUnder() {
            diary.given(opened(), started(), writtenIn(SESSION), edited(2, "It rained.", 2))
                    .when(new DeleteEntry(ANNA, ENTRY, 2))
                    .expectEvents(new EntryDeleted(ANNA, ENTRY, 2, List.of("sun"), null, NOW, NOW));
        }

        @Test
        void shouldDeleteWhateverIsThereWithoutAnExpectedRevision() {
            diary.given(opened(), written())
                    .when(new DeleteEntry(ANNA, ENTRY, null))
                    .expectEvents(deleted());
        }

        @Test
        void shouldRefuseALostRace() {
            refused(
                    diary.given(opened(), written(), edited(2, "It rained.", 2)).when(new DeleteEntry(ANNA, ENTRY, 1)),
                    DomainError.REVISION_MISMATCH);
        }

        @Test
        void shouldRefuseToDeleteTwice() {
            refused(
                    diary.given(opened(), written(), deleted()).when(new DeleteEntry(ANNA, ENTRY, null)),
                    DomainError.ENTRY_NOT_FOUND);
        }

        @Test
        void shouldTakeTheSameKeyAgain() {
            diary.given(opened(), written())
                    .andGivenCommands(List.of(keyed(new DeleteEntry(ANNA, ENTRY, 1), "k-1")))
                    .when(new DeleteEntry(ANNA, ENTRY, 1), key("k-1", "f-1"))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void shouldRefuseToDeleteInADiaryThatWasNeverOpened() {
            refused(diary.givenNoPriorActivity().when(new DeleteEntry(ANNA, ENTRY, null)), DomainError.ENTRY_NOT_FOUND);
        }
    }

    @Test
    void shouldKeepTextOutOfWhatIsPrinted() {
        assertThat(write() + " " + written() + " " + edited(2, "It rained.", 2) + " " + Entry.of(written()))
                .doesNotContain("Spring", "warm", "rained", "sun");
    }
}
