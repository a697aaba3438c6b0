package io.metachat.service.position;

import java.util.Map;
import java.util.OptionalLong;
import org.axonframework.eventhandling.Segment;

/**
 * The stored positions of a processor's segments, read without claiming them. Implemented by token stores that can do
 * this; called from many threads.
 */
@FunctionalInterface
public interface StoredPositions {

    /** Returns every segment of the processor with the position in its token, empty for one that has not begun. */
    Map<Segment, OptionalLong> of(String processor);
}
