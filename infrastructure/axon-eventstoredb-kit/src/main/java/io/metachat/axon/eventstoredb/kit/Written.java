package io.metachat.axon.eventstoredb.kit;

import io.metachat.axon.eventstoredb.EventTypeRegistry;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;

/** The payload of the contract's events, at its current revision. */
public record Written(String text) {

    private static final String NAME = "kit.Written";

    static final EventTypeRegistry TYPES =
            EventTypeRegistry.builder().register(NAME, 2, Written.class).build();

    static final EventUpcaster UPCASTER = new FromFirst();

    /** The payload at its first revision, when its field had another name. */
    public record First(String words) {

        static final EventTypeRegistry TYPES =
                EventTypeRegistry.builder().register(NAME, 1, First.class).build();
    }

    private static final class FromFirst extends SingleEventUpcaster {

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return NAME.equals(event.getType().getName())
                    && "1".equals(event.getType().getRevision());
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(
                    new SimpleSerializedType(NAME, "2"), String.class, json -> json.replace("\"words\"", "\"text\""));
        }
    }
}
