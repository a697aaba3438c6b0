package io.metachat.embedded.cassandra;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A minimal client for version 4 of the CQL binary protocol: it runs a statement and reports its success. With it,
 * users of this module need no driver.
 *
 * @see <a href="https://cassandra.apache.org/doc/latest/cassandra/reference/native-protocol.html">The protocol</a>
 */
final class CqlConnection implements AutoCloseable {

    private static final int REQUEST_V4 = 0x04;
    private static final int ERROR = 0x00;
    private static final int STARTUP = 0x01;
    private static final int READY = 0x02;
    private static final int QUERY = 0x07;
    private static final int RESULT = 0x08;
    private static final int CONSISTENCY_ONE = 0x0001;

    private final Socket socket;

    private CqlConnection(Socket socket) {
        this.socket = socket;
    }

    static CqlConnection open(String host, int port, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            CqlConnection connection = new CqlConnection(socket);
            connection.exchange(STARTUP, startupBody(), READY);
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** @throws IOException if the server rejects the statement or does not respond */
    void execute(String statement) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        byte[] text = statement.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
        out.writeShort(CONSISTENCY_ONE);
        out.writeByte(0);
        exchange(QUERY, body.toByteArray(), RESULT);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void exchange(int opcode, byte[] body, int expected) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(frame);
        header.writeByte(REQUEST_V4);
        header.writeByte(0);
        header.writeShort(0);
        header.writeByte(opcode);
        header.writeInt(body.length);
        header.write(body);
        out.write(frame.toByteArray());
        out.flush();

        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.skipNBytes(4);
        int answered = in.readUnsignedByte();
        byte[] answer = in.readNBytes(in.readInt());
        if (answered == ERROR) {
            throw new IOException("Cassandra refused: " + errorMessage(answer));
        }
        if (answered != expected) {
            throw new IOException("Cassandra answered with opcode " + answered + " instead of " + expected);
        }
    }

    private static byte[] startupBody() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(1);
        out.writeUTF("CQL_VERSION");
        out.writeUTF("3.0.0");
        return body.toByteArray();
    }

    /** An error's body consists of a code and a string. */
    private static String errorMessage(byte[] body) {
        int head = Integer.BYTES + Short.BYTES;
        return new String(body, head, body.length - head, StandardCharsets.UTF_8);
    }
}
