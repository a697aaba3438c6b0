package io.metachat.projections.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads one page of a list that is kept as keys in order, with what they lead to elsewhere. A key that leads nowhere,
 * because what it leads to has been deleted in between, is passed over and the page filled from what follows.
 */
public final class Pages {

    private Pages() {}

    /** Reads keys in order, after a place in the list, or from its beginning. */
    @FunctionalInterface
    public interface Keys {
        List<Cursor> read(Optional<Cursor> after, int limit);
    }

    /** @param next where the next page begins, if there may be one */
    public record Page<T>(List<T> items, Optional<Cursor> next) {}

    /**
     * @param load what keys lead to, in their order; empty for a key that leads nowhere
     * @param size the bytes that an item takes in the answer
     * @param maximumSize the bytes at which a page ends early; one item it always has
     */
    public static <T> Page<T> read(
            Keys keys,
            Optional<Cursor> after,
            int limit,
            Function<List<Cursor>, List<Optional<T>>> load,
            Function<T, Integer> size,
            long maximumSize) {
        List<T> items = new ArrayList<>();
        Optional<Cursor> last = after;
        long bytes = 0;
        while (items.size() < limit) {
            int wanted = limit - items.size();
            // One more than wanted tells whether there is another page.
            List<Cursor> found = keys.read(last, wanted + 1);
            List<Cursor> batch = found.subList(0, Math.min(wanted, found.size()));
            List<Optional<T>> loaded = load.apply(batch);
            for (int i = 0; i < batch.size(); i++) {
                if (loaded.get(i).isPresent()) {
                    T item = loaded.get(i).get();
                    bytes += size.apply(item);
                    if (bytes > maximumSize && !items.isEmpty()) {
                        return new Page<>(items, last);
                    }
                    items.add(item);
                }
                last = Optional.of(batch.get(i));
            }
            if (found.size() <= wanted) {
                return new Page<>(items, Optional.empty());
            }
        }
        return new Page<>(items, last);
    }
}
