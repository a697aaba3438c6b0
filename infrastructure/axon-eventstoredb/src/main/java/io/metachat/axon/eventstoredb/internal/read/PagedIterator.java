package io.metachat.axon.eventstoredb.internal.read;

import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the next page after the last event of the current one. A short page marks the end. A following iterator fetches
 * again on the first call after it has reported the end.
 */
final class PagedIterator implements Iterator<StoredEvent> {

    /** Fetches the page after this event, or the first page. */
    @FunctionalInterface
    interface Pages {
        List<StoredEvent> after(@Nullable StoredEvent last);
    }

    private final Pages pages;
    private final int pageSize;
    private final boolean follows;
    private Iterator<StoredEvent> page = Collections.emptyIterator();
    private @Nullable StoredEvent last;
    private boolean ended;

    private PagedIterator(Pages pages, int pageSize, boolean follows) {
        this.pages = pages;
        this.pageSize = pageSize;
        this.follows = follows;
    }

    /** Returns a stream that ends permanently at the end. */
    static Stream<StoredEvent> toTheEnd(Pages pages, int pageSize) {
        return stream(new PagedIterator(pages, pageSize, false));
    }

    /** Returns a stream whose iterator and spliterator can be polled again at the end. */
    static Stream<StoredEvent> following(Pages pages, int pageSize) {
        return stream(new PagedIterator(pages, pageSize, true));
    }

    private static Stream<StoredEvent> stream(PagedIterator events) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(events, Spliterator.ORDERED), false);
    }

    @Override
    public boolean hasNext() {
        if (page.hasNext()) {
            return true;
        }
        if (ended) {
            ended = !follows;
            return false;
        }
        List<StoredEvent> next = pages.after(last);
        page = next.iterator();
        ended = next.size() < pageSize && (page.hasNext() || !follows);
        return page.hasNext();
    }

    @Override
    public StoredEvent next() {
        if (!page.hasNext() && !hasNext()) {
            throw new NoSuchElementException();
        }
        StoredEvent event = page.next();
        last = event;
        return event;
    }
}
