package io.metachat.domain.mood;

/**
 * A part of an entry's text.
 *
 * @param start first Unicode code point, from 0
 * @param end the code point after the last
 */
public record TextSpan(int start, int end) {

    public TextSpan {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("A span starts at 0 or later and does not end before it starts");
        }
    }
}
