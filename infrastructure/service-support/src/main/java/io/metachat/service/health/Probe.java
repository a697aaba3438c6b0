package io.metachat.service.health;

/**
 * Checks a dependency of the service. Beans of this type join {@code /ready} under their name. They run in the
 * background, so that a hanging dependency never blocks the response.
 */
public interface Probe {

    /** The name in {@code /ready}, such as {@code eventStore}. */
    String name();

    /** Returns when the dependency is available. May block; called from one thread, every few seconds. */
    void check() throws Exception;

    static Probe of(String name, Check check) {
        return new Probe() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void check() throws Exception {
                check.run();
            }
        };
    }

    /** Throws when the dependency is not available. */
    @FunctionalInterface
    interface Check {
        void run() throws Exception;
    }
}
