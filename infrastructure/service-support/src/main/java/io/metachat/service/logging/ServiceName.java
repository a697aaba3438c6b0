package io.metachat.service.logging;

import org.jspecify.annotations.Nullable;

/**
 * The name of the service that a thread works for.
 *
 * <p>In the local system five services share one JVM and with it one logging system, so the name can be neither a
 * setting of the logging system nor a static field. It is inherited from thread to thread instead: a service is started
 * on a thread that carries its name, and what that thread starts (pools, clients, servers) carries it on. Entry points
 * whose threads may be shared bind it explicitly.
 */
public final class ServiceName {

    private static final InheritableThreadLocal<@Nullable String> NAME = new InheritableThreadLocal<>();

    private ServiceName() {}

    /** Returns the name, or {@code metachat} on a thread that no service has started. */
    public static String current() {
        String name = NAME.get();
        return name == null ? "metachat" : name;
    }

    /** Names this thread, and every thread that it starts from now on, for good. */
    public static void set(String name) {
        NAME.set(name);
    }

    /** Names this thread until the scope is closed. */
    public static Scope open(String name) {
        return new Scope(name);
    }

    /** The time in which a thread works for a service. */
    public static final class Scope implements AutoCloseable {

        private final @Nullable String before = NAME.get();

        private Scope(String name) {
            NAME.set(name);
        }

        @Override
        public void close() {
            if (before == null) {
                NAME.remove();
            } else {
                NAME.set(before);
            }
        }
    }
}
