package io.metachat.embedded.eventstoredb.internal.read;

import java.util.List;

/**
 * What a source found in one look.
 *
 * @param atEnd whether nothing more was there at that moment; a page that is not at the end may still be empty
 */
public record Page(List<ReadItem> items, boolean atEnd) {

    static final Page NOTHING_MORE = new Page(List.of(), true);
}
