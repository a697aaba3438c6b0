package io.metachat.embedded.eventstoredb.internal.commit;

/** Asked before each write whether writing is safe now. Called on the writer's thread, so it must be quick. */
public interface WriteGuard {

    /** @throws WriteRefusedException when nothing more may be written for now */
    void check();
}
