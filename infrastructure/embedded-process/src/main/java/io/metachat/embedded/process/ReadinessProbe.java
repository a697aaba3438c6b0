package io.metachat.embedded.process;

import java.io.IOException;

/** Asks a server, in its own protocol, whether it serves. Called again and again until it says yes. */
@FunctionalInterface
public interface ReadinessProbe {

    /**
     * @return whether the server answered as one that is ready
     * @throws IOException when it did not answer at all; taken as "not yet"
     */
    boolean isReady() throws IOException;
}
