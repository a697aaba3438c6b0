package io.metachat.diary.packed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Packs the state of a diary for its snapshot: numbers as variable-length integers, each distinct word once. What was
 * written in one order is read by {@link PackedInput} in the same order.
 */
public final class PackedOutput {

    private static final int PAYLOAD_BITS = 7;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, Integer> words = new HashMap<>();

    /** A number from 0. */
    public void number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("Only numbers from 0 are packed");
        }
        long rest = value;
        while (rest >= MORE) {
            out.write((int) (rest & (MORE - 1)) | MORE);
            rest >>>= PAYLOAD_BITS;
        }
        out.write((int) rest);
    }

    public void flag(boolean value) {
        out.write(value ? 1 : 0);
    }

    public void real(double value) {
        out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    }

    public void uuid(UUID value) {
        out.writeBytes(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array());
    }

    /** A time, to the millisecond: as exact as the diary's events are. */
    public void time(Instant value) {
        long millis = value.toEpochMilli();
        flag(millis < 0);
        number(Math.abs(millis));
    }

    /** A word that will repeat: its text is written where it occurs first. */
    public void word(String value) {
        Integer known = words.putIfAbsent(value, words.size());
        if (known == null) {
            number(words.size() - 1);
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            number(text.length);
            out.writeBytes(text);
        } else {
            number(known);
        }
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
