package io.metachat.proto;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;

/** Times in messages, in whole milliseconds: no store and no JSON of ours keeps finer ones. */
public final class Times {

    private Times() {}

    /** @throws IllegalArgumentException when the time is not within the years 1 to 9999 */
    public static Timestamp timestamp(Instant time) {
        return Timestamps.fromMillis(time.toEpochMilli());
    }

    /** @throws IllegalArgumentException when {@link #isValid} is false */
    public static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochMilli(Timestamps.toMillis(timestamp));
    }

    /** Returns whether the message has a time within the years 1 to 9999, as the protocol defines its timestamps. */
    public static boolean isValid(Timestamp timestamp) {
        return Timestamps.isValid(timestamp);
    }
}
