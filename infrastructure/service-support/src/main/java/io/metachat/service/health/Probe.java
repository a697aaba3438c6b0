package io.metachat.service.health;

/**
 * Whether something that the service needs is there. Beans of this type join {@code /ready} under their name. They are
 * asked in the background, so that a hanging dependency never makes the answer hang.
 */
public interface Probe {

    /** The name in {@code /ready}, such as {@code eventStore}. */
    String name();

    /** Returns when it is there. May block; called from one thread, every few seconds. */
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

    /** Something that throws when the dependency is not there. */
    @FunctionalInterface
    interface Check {
        void run() throws Exception;
    }
}
