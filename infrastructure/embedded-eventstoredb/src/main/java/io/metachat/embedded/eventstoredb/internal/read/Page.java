package io.metachat.embedded.eventstoredb.internal.read;

import java.util.List;

/**
 * A page of a source.
 *
 * @param atEnd whether the source was exhausted at that moment; a page before the end may be empty
 */
public record Page(List<ReadItem> items, boolean atEnd) {

    static final Page NOTHING_MORE = new Page(List.of(), true);
}
