package io.metachat.axon.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server. While it is shut it is as if no server were there: connections end, and new ones are refused. */
public final class Gate implements AutoCloseable {

    private final InetSocketAddress server;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket entrance;

    /** A gate that is shut. */
    public Gate(InetSocketAddress server) throws IOException {
        this.server = server;
        try (ServerSocket chosen = bind(0)) {
            this.port = chosen.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public void open() throws IOException {
        ServerSocket opened = bind(port);
        entrance = opened;
        start(() -> {
            while (!opened.isClosed()) {
                join(opened.accept());
            }
        });
    }

    public void shut() throws IOException {
        if (entrance != null) {
            entrance.close();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        shut();
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private void join(Socket client) throws IOException {
        Socket behind = new Socket(server.getAddress(), server.getPort());
        sockets.add(client);
        sockets.add(behind);
        start(() -> copy(client, behind));
        start(() -> copy(behind, client));
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        }
    }

    private interface Traffic {
        void run() throws IOException;
    }

    private static void start(Traffic traffic) {
        Thread thread = new Thread(() -> {
            try {
                traffic.run();
            } catch (IOException ended) {
                // One of the sides has closed: this is how traffic ends.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
