package io.metachat.embedded.eventstoredb.internal.commit;

/** Checks before each write whether it is safe to write. It runs on the writer's thread and must be quick. */
public interface WriteGuard {

    /** @throws WriteRefusedException if writes are refused for now */
    void check();
}
