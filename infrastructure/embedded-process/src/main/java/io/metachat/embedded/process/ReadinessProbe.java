package io.metachat.embedded.process;

import java.io.IOException;

/** Checks via a server's own protocol whether it is ready. It is called repeatedly until it returns true. */
@FunctionalInterface
public interface ReadinessProbe {

    /**
     * @return whether the server is ready
     * @throws IOException if the server did not respond; treated as not ready
     */
    boolean isReady() throws IOException;
}
