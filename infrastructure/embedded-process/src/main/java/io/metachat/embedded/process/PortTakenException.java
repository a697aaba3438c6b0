package io.metachat.embedded.process;

/** Another process listens on a port that a server needs. */
public final class PortTakenException extends ServerStartException {

    private static final long serialVersionUID = 1L;

    private final int port;

    public PortTakenException(String wantedBy, int port) {
        super("port " + port + " is taken: " + wantedBy + " cannot listen on 127.0.0.1:" + port);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
