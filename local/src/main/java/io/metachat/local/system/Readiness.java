package io.metachat.local.system;

import io.metachat.embedded.process.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Readiness checks for the parts of the system. */
final class Readiness {

    private static final int TIMEOUT_MILLIS = 3_000;

    private Readiness() {}

    /** Whether {@code /ready} returns 200. */
    static boolean http(int port) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://" + Ports.LOOPBACK + ":" + port + "/ready")
                        .toURL()
                        .openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }

    /** Whether the port accepts connections. */
    static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), TIMEOUT_MILLIS);
            return true;
        }
    }
}
