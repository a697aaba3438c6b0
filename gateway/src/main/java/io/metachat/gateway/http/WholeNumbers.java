package io.metachat.gateway.http;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Whole numbers in requests: ASCII digits, with a minus sign at most. Java itself also reads {@code +1} and {@code ١}. */
public final class WholeNumbers {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}");

    private WholeNumbers() {}

    /** Returns the number; empty when the text is none, or has more digits than a position may have. */
    public static OptionalLong parse(String text) {
        return DECIMAL.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /**
     * Returns the number in a parameter.
     *
     * @throws IllegalArgumentException when the text is no number of 32 bits; the message does not quote it
     */
    public static int parameter(String text) {
        long number = parse(text).orElseThrow(() -> new IllegalArgumentException("not a whole number"));
        if (number != (int) number) {
            throw new IllegalArgumentException("not a number of 32 bits");
        }
        return (int) number;
    }
}
