package io.metachat.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The revisions that an {@code If-Match} header accepts, by RFC 9110, sections 8.8.3 and 13.1.1. Comparison is strong: a
 * weak entity tag matches nothing, and neither does a tag that is no revision of ours.
 *
 * @param any whether every revision matches, because the header is absent or {@code *}
 * @param revisions the accepted revisions, otherwise
 */
record IfMatch(boolean any, List<Integer> revisions) {

    /** Each accepted revision may cost a call, so their number is limited. */
    static final int MAX_TAGS = 8;

    private static final IfMatch ANY = new IfMatch(true, List.of());

    private static final Pattern ENTITY_TAG =
            Pattern.compile("[ \\t]*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \\t]*(?:,|$)");

    private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,8}");

    /**
     * Parses the values of all {@code If-Match} headers of a request.
     *
     * @return empty when they are malformed
     */
    static Optional<IfMatch> parse(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.of(ANY);
        }
        String value = String.join(",", headers).trim();
        return value.equals("*") ? Optional.of(ANY) : list(value);
    }

    private static Optional<IfMatch> list(String value) {
        List<Integer> revisions = new ArrayList<>();
        Matcher tag = ENTITY_TAG.matcher(value);
        int end = 0;
        int tags = 0;
        while (end < value.length() && tag.region(end, value.length()).lookingAt()) {
            end = tag.end();
            tags++;
            if (tag.group(1) == null && REVISION.matcher(tag.group(2)).matches()) {
                revisions.add(Integer.valueOf(tag.group(2)));
            }
        }
        boolean whole = end == value.length() && tags > 0 && tags <= MAX_TAGS && !value.endsWith(",");
        return whole ? Optional.of(new IfMatch(false, revisions)) : Optional.empty();
    }
}
