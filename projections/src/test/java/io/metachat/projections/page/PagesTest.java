package io.metachat.projections.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest {

    private static final List<Cursor> KEYS = IntStream.range(0, 10)
            .mapToObj(i -> new Cursor(Instant.ofEpochSecond(100 - i), new UUID(0, i)))
            .toList();

    private int reads;

    @Test
    void shouldLeadFromPageToPageToTheEnd() {
        Pages.Page<Long> first = page(Optional.empty(), 4, Set.of(), 100);
        Pages.Page<Long> second = page(first.next(), 4, Set.of(), 100);
        Pages.Page<Long> third = page(second.next(), 4, Set.of(), 100);

        assertThat(first.items()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(second.items()).containsExactly(4L, 5L, 6L, 7L);
        assertThat(third.items()).containsExactly(8L, 9L);
        assertThat(third.next()).isEmpty();
    }

    @Test
    void shouldNotPromiseAPageAfterTheLastItem() {
        assertThat(page(Optional.empty(), 10, Set.of(), 100).next()).isEmpty();
    }

    @Test
    void shouldFillAPageFromWhatFollowsKeysThatLeadNowhere() {
        Pages.Page<Long> page = page(Optional.empty(), 3, Set.of(0L, 1L, 2L, 4L), 100);

        assertThat(page.items()).containsExactly(3L, 5L, 6L);
        assertThat(page(page.next(), 3, Set.of(), 100).items()).containsExactly(7L, 8L, 9L);
    }

    @Test
    void shouldEndAPageThatGrowsTooLargeAndLoseNothing() {
        Pages.Page<Long> page = page(Optional.empty(), 10, Set.of(), 35);

        assertThat(page.items()).containsExactly(0L, 1L, 2L);
        assertThat(page(page.next(), 10, Set.of(), 35).items()).containsExactly(3L, 4L, 5L);
    }

    @Test
    void shouldGiveAnItemThatIsTooLargeAloneAPageOfItsOwn() {
        Pages.Page<Long> page = page(Optional.empty(), 10, Set.of(), 5);

        assertThat(page.items()).containsExactly(0L);
        assertThat(page(page.next(), 10, Set.of(), 5).items()).containsExactly(1L);
    }

    @Test
    void shouldReadNoMoreThanThePage() {
        page(Optional.empty(), 4, Set.of(), 100);

        assertThat(reads).isEqualTo(5);
    }

    private Pages.Page<Long> page(Optional<Cursor> after, int limit, Set<Long> gone, long maximumSize) {
        return Pages.read(
                this::keys,
                after,
                limit,
                keys -> keys.stream()
                        .map(key -> key.id().getLeastSignificantBits())
                        .map(id -> gone.contains(id) ? Optional.<Long>empty() : Optional.of(id))
                        .toList(),
                item -> 10,
                maximumSize);
    }

    private List<Cursor> keys(Optional<Cursor> after, int limit) {
        int start = after.map(key -> KEYS.indexOf(key) + 1).orElse(0);
        List<Cursor> found = KEYS.subList(start, Math.min(start + limit, KEYS.size()));
        reads += found.size();
        return found;
    }
}
