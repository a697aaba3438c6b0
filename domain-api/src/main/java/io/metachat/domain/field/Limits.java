package io.metachat.domain.field;

import java.time.Duration;

/** The limits of the product. Lengths of text count Unicode code points. */
public final class Limits {

    public static final int TITLE = 200;
    public static final int ENTRY_TEXT = 100_000;
    public static final int TAGS = 50;
    public static final int TAG = 50;
    public static final int BIO = 2_000;
    public static final int NAME = 100;
    public static final int URL = 2_048;
    public static final int EMAIL = 254;
    public static final int USERNAME_MIN = 3;
    public static final int USERNAME_MAX = 30;
    public static final int PASSWORD_MIN = 8;
    public static final int PASSWORD_MAX = 128;
    public static final int MIN_AGE_YEARS = 16;
    public static final int MAX_AGE_YEARS = 130;
    public static final int PAGE_DEFAULT = 20;
    public static final int PAGE_MAX = 100;

    /** How far a client's clock may be ahead of ours in {@code writtenAt}. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private Limits() {}
}
