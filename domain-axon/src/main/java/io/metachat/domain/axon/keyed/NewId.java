package io.metachat.domain.axon.keyed;

import io.metachat.domain.Uuids;
import io.metachat.service.call.CallContext;
import io.metachat.service.call.Idempotency;
import java.util.Optional;
import java.util.UUID;

/**
 * Ids of things that a command is about to create. With an idempotency key the id follows from the caller and the key. So
 * a repetition that meets another instance, or that comes after the aggregate has forgotten the key, names the same thing.
 */
public final class NewId {

    private NewId() {}

    /**
     * Returns the id for the call that is being served; a random one when the call has no key.
     *
     * @param kind what the id is for, such as {@code entry}: one key may create one thing of each kind
     */
    public static UUID of(String kind) {
        return of(kind, CallContext.current().idempotency());
    }

    /** Returns the id for a request with this key; a random one without a key. */
    public static UUID of(String kind, Optional<Idempotency> idempotency) {
        return idempotency.map(key -> Uuids.named(kind, key.key())).orElseGet(UUID::randomUUID);
    }
}
