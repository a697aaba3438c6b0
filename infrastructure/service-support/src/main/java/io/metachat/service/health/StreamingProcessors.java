package io.metachat.service.health;

import java.util.Map;
import org.axonframework.eventhandling.StreamingEventProcessor;

/**
 * The streaming processors that this instance runs now, by name. Those of Axon's configuration, unless a service that
 * makes its processors itself has a bean of its own. Called from many threads.
 */
@FunctionalInterface
public interface StreamingProcessors {

    Map<String, StreamingEventProcessor> byName();
}
