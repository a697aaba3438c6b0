package io.metachat.projections.export;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Goes through a list page by page; one page is in memory at a time. */
final class CursorWalk<T> implements Iterable<T> {

    private final Function<@Nullable String, Part<T>> pages;

    /** @param pages reads the page at a cursor, the first one at {@code null} */
    CursorWalk(Function<@Nullable String, Part<T>> pages) {
        this.pages = pages;
    }

    /** @param next the cursor of the next page; {@code null} on the last */
    record Part<T>(List<T> items, @Nullable String next) {}

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {

            private Part<T> part = pages.apply(null);
            private int index;

            @Override
            public boolean hasNext() {
                while (index == part.items().size() && part.next() != null) {
                    part = pages.apply(part.next());
                    index = 0;
                }
                return index < part.items().size();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return part.items().get(index++);
            }
        };
    }
}
