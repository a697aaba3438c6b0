package io.metachat.service.health;

import java.util.Map;
import org.axonframework.eventhandling.StreamingEventProcessor;

/**
 * The streaming processors that this instance runs now, by name: those of Axon's configuration, unless a service
 * creates its processors itself and has a bean of its own. Called from many threads.
 */
@FunctionalInterface
public interface StreamingProcessors {

    Map<String, StreamingEventProcessor> byName();
}
