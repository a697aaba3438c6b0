package io.metachat.embedded.kafka;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A minimal client for the Metadata request (version 4) of Kafka's protocol. With it, users of this module need no
 * client library.
 *
 * @see <a href="https://kafka.apache.org/protocol.html">The protocol</a>
 */
final class MetadataRequest {

    private static final short API_KEY = 3;
    private static final short API_VERSION = 4;
    private static final int CORRELATION_ID = 1;

    private MetadataRequest() {}

    /**
     * Returns the number of brokers in the cluster: 0 while this broker is not registered.
     *
     * @throws IOException if the broker does not respond
     */
    static int countBrokers(String host, int port, int timeoutMillis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            byte[] request = request();
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(request.length);
            out.write(request);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readInt();
            int correlationId = in.readInt();
            if (correlationId != CORRELATION_ID) {
                throw new IOException("the response belongs to request " + correlationId);
            }
            int throttleMillis = in.readInt();
            if (throttleMillis != 0) {
                throw new IOException("the broker throttles by " + throttleMillis + " ms");
            }
            return in.readInt();
        }
    }

    private static byte[] request() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(API_KEY);
        out.writeShort(API_VERSION);
        out.writeInt(CORRELATION_ID);
        byte[] client = "metachat-readiness".getBytes(StandardCharsets.US_ASCII);
        out.writeShort(client.length);
        out.write(client);
        int noTopics = 0;
        out.writeInt(noTopics);
        boolean createTopics = false;
        out.writeBoolean(createTopics);
        return bytes.toByteArray();
    }
}
