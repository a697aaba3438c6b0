package io.metachat.domain.user.event;

import io.metachat.domain.UserId;
import io.metachat.domain.user.Modality;
import java.time.Instant;
import java.util.List;

/** The ways in which somebody is willing to get to know a match, whole. */
public record ModalitiesUpdated(UserId userId, List<Modality> modalities, Instant updatedAt) implements UserEvent {

    public ModalitiesUpdated {
        modalities = List.copyOf(modalities);
    }
}
