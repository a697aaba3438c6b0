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
import io.metachat.diary.session.Session;
import io.metachat.domain.diary.DeleteEntry;
import io.metachat.domain.diary.DiaryCommand;
import io.metachat.domain.diary.EditEntry;
import io.metachat.domain.diary.EndSession;
import io.metachat.domain.diary.RecordAnalysis;
import io.metachat.domain.diary.StartSession;
import io.metachat.domain.diary.WriteEntry;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.request.RequestAnswered;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of a diary with an idempotency key, once and again. */
class DiaryRepetitionTest {

    /** Commands that no client sends, so that no key comes with them. */
    private static final Set<Class<?>> WITHOUT_KEY = Set.of(RecordAnalysis.class);

    /** Commands that are refused where they would change nothing. */
    private static final Set<Class<?>> REFUSED_WITHOUT_CHANGE = Set.of(DeleteEntry.class, EndSession.class);

    private static final DeleteEntry DELETE = new DeleteEntry(ANNA, ENTRY, null);
    private static final WriteEntry WRITE_OTHER =
            new WriteEntry(ANNA, OTHER_ENTRY, "Rain", "It rained.", List.of(), null, YESTERDAY);
    private static final EndSession END = new EndSession(ANNA, SESSION);
    private static final StartSession START_OTHER = new StartSession(ANNA, OTHER_SESSION, null);

    private final FixtureConfiguration<Diary> diary = diary();

    /**
     * A command with a key.
     *
     * @param before the events before the command
     * @param published the event that the command publishes
     * @param later the commands that follow, after which the command would change something again, or would be refused
     * @param answer to the command, and to each of its repetitions
     */
    private record Keyed(
            DiaryCommand command,
            List<Object> before,
            Object published,
            List<Object> later,
            @Nullable Object answer) {

        @Override
        public String toString() {
            return command.getClass().getSimpleName();
        }
    }

    static Stream<Keyed> changes() {
        return Stream.of(
                new Keyed(
                        write(),
                        List.of(opened()),
                        written(),
                        List.of(edit("It snowed."), DELETE),
                        Entry.of(written())),
                new Keyed(
                        edit("It rained."),
                        List.of(opened(), written()),
                        edited(2, "It rained.", 2),
                        List.of(edit("It snowed."), DELETE),
                        Entry.of(edited(2, "It rained.", 2))),
                new Keyed(DELETE, List.of(opened(), written()), deleted(), List.of(WRITE_OTHER), null),
                new Keyed(
                        startSession(), List.of(opened()), started(), List.of(END, START_OTHER), Session.of(started())),
                new Keyed(
                        END,
                        List.of(opened(), started()),
                        ended(),
                        List.of(START_OTHER),
                        Session.of(started()).ended(ended())));
    }

    /** Commands that change nothing; a new entry or session does not when its key is older than the diary remembers. */
    static Stream<Keyed> withoutChange() {
        return Stream.of(
                new Keyed(
                        write(),
                        List.of(opened(), written()),
                        new RequestAnswered(1L),
                        List.of(edit("It snowed."), DELETE),
                        Entry.of(written())),
                new Keyed(
                        write(),
                        List.of(opened(), written(), deleted()),
                        new RequestAnswered(1L),
                        List.of(WRITE_OTHER),
                        Entry.of(written())),
                new Keyed(
                        edit("The first warm day of the year."),
                        List.of(opened(), written()),
                        new RequestAnswered(1L),
                        List.of(edit("It snowed.")),
                        Entry.of(written())),
                new Keyed(
                        edit("It rained."),
                        List.of(opened(), written(), edited(2, "It rained.", 2)),
                        new RequestAnswered(2L),
                        List.of(DELETE),
                        Entry.of(edited(2, "It rained.", 2))),
                new Keyed(
                        startSession(),
                        List.of(opened(), started()),
                        new RequestAnswered(1L),
                        List.of(END),
                        Session.of(started())),
                new Keyed(
                        startSession(),
                        List.of(opened(), started(), ended()),
                        new RequestAnswered(1L),
                        List.of(START_OTHER),
                        Session.of(started())));
    }

    static Stream<Keyed> all() {
        return Stream.concat(changes(), withoutChange());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldPublishOneEventForAKeyedCommand(Keyed keyed) {
        diary.given(keyed.before())
                .when(keyed.command(), key("k-1", "f-1"))
                .expectEvents(keyed.published())
                .expectResultMessagePayload(keyed.answer());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldAnswerARepetitionAsTheFirstTime(Keyed keyed) {
        once(keyed)
                .when(keyed.command(), key("k-1", "f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(keyed.answer());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldUndoNothingThatWasDoneSince(Keyed keyed) {
        once(keyed)
                .andGivenCommands(keyed.later())
                .when(keyed.command(), key("k-1", "f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(keyed.answer());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldRefuseAnotherRequestUnderTheSameKey(Keyed keyed) {
        refused(once(keyed).when(keyed.command(), key("k-1", "f-2")), DomainError.IDEMPOTENCY_KEY_REUSED);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldRefuseAnotherRequestUnderTheSameKeyLater(Keyed keyed) {
        refused(
                once(keyed).andGivenCommands(keyed.later()).when(keyed.command(), key("k-1", "f-2")),
                DomainError.IDEMPOTENCY_KEY_REUSED);
    }

    @ParameterizedTest
    @MethodSource("withoutChange")
    void shouldPublishNothingForACommandWithoutAKeyThatChangesNothing(Keyed keyed) {
        diary.given(keyed.before()).when(keyed.command()).expectNoEvents().expectResultMessagePayload(keyed.answer());
    }

    /** The id of the entry stands for the key, which the diary has forgotten. */
    static Stream<WriteEntry> otherRequestsForTheEntry() {
        return Stream.of(
                new WriteEntry(ANNA, ENTRY, "Rain", "The first warm day of the year.", List.of("sun"), SESSION, null),
                new WriteEntry(ANNA, ENTRY, "Spring", "It rained.", List.of("sun"), SESSION, null),
                new WriteEntry(ANNA, ENTRY, "Spring", "The first warm day of the year.", List.of(), SESSION, null),
                write(null, null),
                write(OTHER_SESSION, null),
                write(SESSION, YESTERDAY));
    }

    @ParameterizedTest
    @MethodSource("otherRequestsForTheEntry")
    void shouldRefuseAnotherEntryUnderAForgottenKey(WriteEntry other) {
        refused(
                diary.given(opened(), started(), writtenIn(SESSION)).when(other, key("k-1", "f-2")),
                DomainError.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void shouldAnswerAnEntryWithATimeUnderAForgottenKey() {
        diary.given(opened(), started(), writtenIn(SESSION), ended())
                .when(write(SESSION, NOW.plusNanos(999)), key("k-1", "f-1"))
                .expectEvents(new RequestAnswered(2L))
                .expectResultMessagePayload(Entry.of(writtenIn(SESSION)));
    }

    @Test
    void shouldRefuseAnotherSessionUnderAForgottenKey() {
        refused(
                diary.given(opened(), started(), ended())
                        .when(new StartSession(ANNA, SESSION, "Evening"), key("k-1", "f-2")),
                DomainError.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void shouldNameEveryCommandHere() {
        assertThat(union(types(changes()), WITHOUT_KEY)).containsExactlyInAnyOrder(commands());
        assertThat(union(union(types(withoutChange()), REFUSED_WITHOUT_CHANGE), WITHOUT_KEY))
                .containsExactlyInAnyOrder(commands());
    }

    private TestExecutor<Diary> once(Keyed keyed) {
        return diary.given(keyed.before()).andGivenCommands(List.of(keyed(keyed.command(), "k-1")));
    }

    private static EditEntry edit(String text) {
        return new EditEntry(ANNA, ENTRY, null, null, text, null);
    }

    private static StartSession startSession() {
        return new StartSession(ANNA, SESSION, started().title());
    }

    private static Class<?>[] commands() {
        return DiaryCommand.class.getPermittedSubclasses();
    }

    private static Set<Class<?>> types(Stream<Keyed> keyed) {
        return keyed.map(each -> each.command().getClass()).collect(Collectors.toSet());
    }

    private static Set<Class<?>> union(Set<Class<?>> some, Set<Class<?>> others) {
        Set<Class<?>> union = new HashSet<>(some);
        union.addAll(others);
        return union;
    }
}
