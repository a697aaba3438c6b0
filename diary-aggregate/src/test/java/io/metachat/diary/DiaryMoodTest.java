package io.metachat.diary;

import static io.metachat.diary.DiaryFixture.ANNA;
import static io.metachat.diary.DiaryFixture.ENTRY;
import static io.metachat.diary.DiaryFixture.JOYFUL;
import static io.metachat.diary.DiaryFixture.NOW;
import static io.metachat.diary.DiaryFixture.OTHER_ENTRY;
import static io.metachat.diary.DiaryFixture.SAD;
import static io.metachat.diary.DiaryFixture.YESTERDAY;
import static io.metachat.diary.DiaryFixture.analysed;
import static io.metachat.diary.DiaryFixture.analysis;
import static io.metachat.diary.DiaryFixture.deleted;
import static io.metachat.diary.DiaryFixture.diary;
import static io.metachat.diary.DiaryFixture.edited;
import static io.metachat.diary.DiaryFixture.norm;
import static io.metachat.diary.DiaryFixture.opened;
import static io.metachat.diary.DiaryFixture.record;
import static io.metachat.diary.DiaryFixture.shifted;
import static io.metachat.diary.DiaryFixture.unsupported;
import static io.metachat.diary.DiaryFixture.written;
import static org.axonframework.test.matchers.Matchers.exactSequenceOf;
import static org.axonframework.test.matchers.Matchers.matches;
import static org.axonframework.test.matchers.Matchers.payloadsMatching;

import io.metachat.diary.mood.AnalysisOutcome;
import io.metachat.domain.diary.DeleteEntry;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.mood.Emotions;
import java.util.List;
import java.util.function.Predicate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;

class DiaryMoodTest {

    /** Near enough to {@link DiaryFixture#JOYFUL} to be the same mood. */
    private static final Emotions AS_JOYFUL = new Emotions(0.8, 0.42, 0, 0.1, 0, 0, 0, 0.3);

    private final FixtureConfiguration<Diary> diary = diary();

    @Test
    void shouldTellAProfileWithTheFirstAnalysedEntry() {
        diary.given(opened(), written())
                .when(record(1, analysis(JOYFUL)))
                .expectEvents(analysed(ENTRY, 1, NOW, analysis(JOYFUL)), shifted(JOYFUL, 1, 1, norm(JOYFUL)))
                .expectResultMessagePayload(AnalysisOutcome.RECORDED);
    }

    @Test
    void shouldKeepAProfileThatHasHardlyMoved() {
        diary.given(
                        opened(),
                        written(OTHER_ENTRY, YESTERDAY),
                        written(),
                        analysed(OTHER_ENTRY, 1, YESTERDAY, analysis(JOYFUL)),
                        shifted(JOYFUL, 1, 10, norm(JOYFUL)))
                .when(record(1, analysis(AS_JOYFUL)))
                .expectEvents(analysed(ENTRY, 1, NOW, analysis(AS_JOYFUL)));
    }

    @Test
    void shouldTellAProfileThatHasMoved() {
        diary.given(
                        opened(),
                        written(OTHER_ENTRY, YESTERDAY),
                        written(),
                        analysed(OTHER_ENTRY, 1, YESTERDAY, analysis(JOYFUL)),
                        shifted(JOYFUL, 1, 10, norm(JOYFUL)))
                .when(record(1, analysis(SAD)))
                .expectEventsMatching(payloadsMatching(exactSequenceOf(
                        matches(EntryAnalysed.class::isInstance),
                        matches(shift(shift -> shift.profile().emotions().sadness() > 0.4
                                && shift.profile().emotions().joy() > 0.3
                                && shift.profile().stability() < 0.5
                                && shift.distance() > 0.1)))));
    }

    @Test
    void shouldTellAProfileThatRestsUponTwiceAsManyEntries() {
        diary.given(
                        opened(),
                        written(OTHER_ENTRY, YESTERDAY),
                        written(),
                        analysed(OTHER_ENTRY, 1, YESTERDAY, analysis(JOYFUL)),
                        shifted(JOYFUL, 1, 1, norm(JOYFUL)))
                .when(record(1, analysis(AS_JOYFUL)))
                .expectEventsMatching(payloadsMatching(exactSequenceOf(
                        matches(EntryAnalysed.class::isInstance),
                        matches(shift(shift -> shift.profile().entriesAnalysed() == 2)))));
    }

    @Test
    void shouldIgnoreWhatTheSameModelSaysAgain() {
        ignored(
                diary.given(
                                opened(),
                                written(),
                                analysed(ENTRY, 1, NOW, analysis(JOYFUL)),
                                shifted(JOYFUL, 1, 1, norm(JOYFUL)))
                        .when(record(1, analysis(JOYFUL))),
                AnalysisOutcome.REPEATED);
    }

    @Test
    void shouldIgnoreWhatTheSameModelSaysAgainOfAnUnsupportedEntry() {
        ignored(
                diary.given(opened(), written(), analysed(ENTRY, 1, NOW, unsupported()))
                        .when(record(1, unsupported())),
                AnalysisOutcome.REPEATED);
    }

    @Test
    void shouldLetANewerModelReplaceAnOlder() {
        diary.given(opened(), written(), analysed(ENTRY, 1, NOW, analysis(JOYFUL)), shifted(JOYFUL, 1, 1, norm(JOYFUL)))
                .when(record(1, analysis(SAD, "model-2", NOW.plusSeconds(1))))
                .expectEventsMatching(payloadsMatching(exactSequenceOf(
                        matches(EntryAnalysed.class::isInstance),
                        matches(shift(shift -> shift.profile().emotions().equals(SAD)
                                && shift.profile().entriesAnalysed() == 1)))));
    }

    @Test
    void shouldIgnoreAnOlderModelThatComesLate() {
        ignored(
                diary.given(
                                opened(),
                                written(),
                                analysed(ENTRY, 1, NOW, analysis(JOYFUL, "model-2", NOW)),
                                shifted(JOYFUL, 1, 1, norm(JOYFUL)))
                        .when(record(1, analysis(SAD, "model-1", NOW.minusSeconds(1)))),
                AnalysisOutcome.OUTDATED);
    }

    @Test
    void shouldIgnoreTheAnalysisOfAnEarlierRevision() {
        ignored(
                diary.given(opened(), written(), edited(2, "It rained.", 2)).when(record(1, analysis(JOYFUL))),
                AnalysisOutcome.STALE_REVISION);
    }

    @Test
    void shouldIgnoreTheAnalysisOfARevisionThatDoesNotExist() {
        ignored(diary.given(opened(), written()).when(record(2, analysis(JOYFUL))), AnalysisOutcome.STALE_REVISION);
    }

    @Test
    void shouldIgnoreTheAnalysisOfADeletedEntry() {
        ignored(
                diary.given(opened(), written(), deleted()).when(record(1, analysis(JOYFUL))),
                AnalysisOutcome.UNKNOWN_ENTRY);
    }

    @Test
    void shouldFindNoDiaryThatWasNeverOpened() {
        diary.givenNoPriorActivity()
                .when(record(1, analysis(JOYFUL)))
                .expectNoEvents()
                .expectException(AggregateNotFoundException.class);
    }

    @Test
    void shouldAnalyseAnEditedEntryAgainInThePlaceOfItsOldMood() {
        diary.given(
                        opened(),
                        written(),
                        analysed(ENTRY, 1, NOW, analysis(JOYFUL)),
                        shifted(JOYFUL, 1, 1, norm(JOYFUL)),
                        edited(2, "It rained.", 2))
                .when(record(2, analysis(SAD)))
                .expectEventsMatching(payloadsMatching(exactSequenceOf(
                        matches(EntryAnalysed.class::isInstance),
                        matches(shift(shift -> shift.profile().emotions().equals(SAD)
                                && shift.profile().stability() == 1
                                && shift.profile().entriesAnalysed() == 1)))));
    }

    @Test
    void shouldRecordAnUnsupportedEntryWithoutTouchingTheProfile() {
        diary.given(
                        opened(),
                        written(OTHER_ENTRY, YESTERDAY),
                        written(),
                        analysed(OTHER_ENTRY, 1, YESTERDAY, analysis(JOYFUL)),
                        shifted(JOYFUL, 1, 1, norm(JOYFUL)))
                .when(record(1, unsupported()))
                .expectEvents(analysed(ENTRY, 1, NOW, unsupported()));
    }

    @Test
    void shouldTellNoProfileWhenTheOnlyEntryIsUnsupported() {
        diary.given(opened(), written())
                .when(record(1, unsupported()))
                .expectEvents(analysed(ENTRY, 1, NOW, unsupported()));
    }

    @Test
    void shouldForgetTheMoodOfADeletedEntry() {
        diary.given(
                        opened(),
                        written(OTHER_ENTRY, YESTERDAY),
                        written(),
                        analysed(OTHER_ENTRY, 1, YESTERDAY, analysis(SAD)),
                        analysed(ENTRY, 1, NOW, analysis(JOYFUL)),
                        shifted(JOYFUL, 1, 2, norm(JOYFUL)))
                .when(new DeleteEntry(ANNA, ENTRY, 1))
                .expectEventsMatching(payloadsMatching(exactSequenceOf(
                        matches(deleted()::equals),
                        matches(shift(shift -> shift.profile().emotions().equals(SAD)
                                && shift.profile().entriesAnalysed() == 1)))));
    }

    @Test
    void shouldTellThatNoProfileIsLeft() {
        diary.given(opened(), written(), analysed(ENTRY, 1, NOW, analysis(JOYFUL)), shifted(JOYFUL, 1, 1, norm(JOYFUL)))
                .when(new DeleteEntry(ANNA, ENTRY, 1))
                .expectEventsMatching(payloadsMatching(exactSequenceOf(
                        matches(deleted()::equals),
                        matches(shift(shift -> shift.profile().emotions().equals(Emotions.NONE)
                                && shift.profile().topics().equals(List.of())
                                && shift.profile().entriesAnalysed() == 0)))));
    }

    private static void ignored(ResultValidator<Diary> result, AnalysisOutcome outcome) {
        result.expectNoEvents().expectResultMessagePayload(outcome);
    }

    private static Predicate<Object> shift(Predicate<MoodProfileShifted> expectation) {
        return event -> event instanceof MoodProfileShifted shift && expectation.test(shift);
    }
}
