package io.metachat.domain.user;

import io.metachat.domain.UserId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Say in which ways somebody is willing to get to know a match. */
public record UpdateModalities(UserId userId, List<Modality> modalities) implements UserCommand {

    /** Repeated ones count once; the order is that of the enum. */
    public UpdateModalities {
        Set<Modality> distinct = EnumSet.noneOf(Modality.class);
        distinct.addAll(modalities);
        modalities = List.copyOf(distinct);
    }
}
