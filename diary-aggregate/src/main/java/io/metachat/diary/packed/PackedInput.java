package io.metachat.diary.packed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads what {@link PackedOutput} wrote.
 *
 * <p>A truncated or foreign input ends in an unchecked exception, so that a broken snapshot is skipped, not believed.
 */
public final class PackedInput {

    private static final int PAYLOAD_BITS = 7;
    private static final int MORE = 0x80;

    private final ByteBuffer in;
    private final List<String> words = new ArrayList<>();

    public PackedInput(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += PAYLOAD_BITS) {
            int next = in.get();
            value |= (long) (next & (MORE - 1)) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw new IllegalStateException("Not a packed number");
    }

    public boolean flag() {
        return in.get() != 0;
    }

    public double real() {
        return in.getDouble();
    }

    public UUID uuid() {
        return new UUID(in.getLong(), in.getLong());
    }

    public Instant time() {
        boolean negative = flag();
        long millis = number();
        return Instant.ofEpochMilli(negative ? -millis : millis);
    }

    public String word() {
        int index = Math.toIntExact(number());
        if (index == words.size()) {
            byte[] text = new byte[Math.toIntExact(number())];
            in.get(text);
            words.add(new String(text, StandardCharsets.UTF_8));
        }
        return words.get(index);
    }

    /** Whether everything was read. */
    public boolean isAtEnd() {
        return !in.hasRemaining();
    }
}
