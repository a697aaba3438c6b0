package io.metachat.service.health;

import java.util.Map;
import java.util.OptionalLong;

/**
 * The stored positions of a processor's segments, read without claiming them. Implemented by token stores that can.
 */
@FunctionalInterface
public interface SegmentPositions {

    /** Every segment of the processor and the position in its token, empty for one that has not begun. */
    Map<Integer, OptionalLong> positions(String processor);
}
