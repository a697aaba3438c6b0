package io.metachat.projections.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.match.event.MatchEvent;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.projections.history.RandomHistory;
import io.metachat.projections.history.StoredEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NotificationMappingTest {

    private static final List<StoredEvent> HISTORY = RandomHistory.of(3, 4, 500);

    @Test
    void shouldTellOfTheTypesThatItListsAndNoOthers() {
        Set<Class<?>> told = new HashSet<>();
        for (StoredEvent event : HISTORY) {
            boolean tells = !NotificationMapping.of(event.payload()).isEmpty();
            assertThat(tells)
                    .as(event.payload().getClass().getSimpleName())
                    .isEqualTo(
                            NotificationMapping.TYPES.contains(event.payload().getClass()));
            if (tells) {
                told.add(event.payload().getClass());
            }
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(NotificationMapping.TYPES);
    }

    @Test
    void shouldTellEachPersonOnceAndBothOfAMatch() {
        of(MatchEvent.class).forEach(event -> {
            List<PersonalNotification> told = NotificationMapping.of(event);
            if (!told.isEmpty()) {
                assertThat(told)
                        .extracting(PersonalNotification::to)
                        .containsExactly(event.users().first(), event.users().second());
            }
        });
    }

    @Test
    void shouldNameTheOtherPersonAndTheStateOfAMatch() {
        MatchProposed proposed = of(MatchProposed.class).findFirst().orElseThrow();

        PersonalNotification told = NotificationMapping.of(proposed).get(0);
        JsonNode data = JsonMapper.shared().readTree(told.data());

        assertThat(told.type()).isEqualTo("match.proposed");
        assertThat(data.at("/matchId").asString()).isEqualTo(proposed.matchId().toString());
        assertThat(data.at("/userId").asString())
                .isEqualTo(proposed.users().second().toString());
        assertThat(data.at("/state").asString()).isEqualTo("proposed");
        assertThat(data.at("/expiresAt").asString())
                .isEqualTo(proposed.expiresAt().toString());
    }

    @Test
    void shouldSayNothingOfTheTextOrItsWords() {
        of(EntryAnalysed.class)
                .forEach(analysed -> assertThat(
                                NotificationMapping.of(analysed).get(0).data())
                        .contains(analysed.entryId().toString())
                        .doesNotContain("deadline", "piano"));
    }

    private static <T> Stream<T> of(Class<T> type) {
        return HISTORY.stream()
                .map(StoredEvent::payload)
                .filter(type::isInstance)
                .map(type::cast);
    }
}
