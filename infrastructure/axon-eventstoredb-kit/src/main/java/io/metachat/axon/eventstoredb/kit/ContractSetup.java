package io.metachat.axon.eventstoredb.kit;

import io.metachat.axon.eventstoredb.EventTypeRegistry;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/**
 * What a store is to be opened with.
 *
 * @param isolation a name that no other test uses: stores of the same name share their events, others see none of them
 * @param eventTypes what payloads are written as
 * @param upcasters what brings older revisions up
 */
public record ContractSetup(String isolation, EventTypeRegistry eventTypes, EventUpcaster upcasters) {}
