package io.metachat.embedded.server;

import io.metachat.embedded.process.Ports;
import io.metachat.embedded.process.ServerStartException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The command line of an embedded server. It starts the server, prints one line when it is ready, and stops it when
 * this JVM is terminated or its standard input is closed.
 */
public final class ServerMain {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private ServerMain() {}

    /** Builds and starts the server. */
    @FunctionalInterface
    public interface Starter {

        /**
         * @param port 0 for a free one
         * @param data empty for a temporary directory
         */
        Started start(int port, Optional<String> data);
    }

    /** @param port the port on which the server is ready */
    public record Started(EmbeddedServer server, int port) {}

    private record Arguments(int port, @Nullable String data) {

        static Arguments parse(String[] given) {
            int port = 0;
            String data = null;
            for (int i = 0; i < given.length; i += 2) {
                if (i + 1 == given.length) {
                    throw new IllegalArgumentException(given[i] + " needs a value or is unknown");
                }
                switch (given[i]) {
                    case "--port" -> port = Integer.parseInt(given[i + 1]);
                    case "--data" -> data = given[i + 1];
                    default -> throw new IllegalArgumentException("unknown option " + given[i]);
                }
            }
            return new Arguments(port, data);
        }
    }

    public static void run(String name, String[] given, Starter starter) {
        if (given.length > 0 && (given[0].equals("--help") || given[0].equals("-h"))) {
            System.out.println(usage(name));
            return;
        }
        System.exit(runUntilTold(name, given, starter));
    }

    private static int runUntilTold(String name, String[] given, Starter starter) {
        try {
            Arguments arguments = Arguments.parse(given);
            Started started = starter.start(arguments.port(), Optional.ofNullable(arguments.data()));
            Runtime.getRuntime().addShutdownHook(new Thread(started.server()::close, "stop-" + name));
            CompletableFuture<Integer> ended = started.server().process().onExit();
            System.out.println(name + " ready on " + Ports.LOOPBACK + ":" + started.port());
            CompletableFuture.anyOf(endOfInput(), ended).join();
            return ended.isDone() ? FAILED : 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(usage(name));
            return WRONG_USAGE;
        } catch (ServerStartException e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
    }

    private static CompletableFuture<Void> endOfInput() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        // Input is ignored; only its end matters.
                        System.in.transferTo(OutputStream.nullOutputStream());
                        end.complete(null);
                    } catch (IOException e) {
                        end.completeExceptionally(e);
                    }
                },
                "end-of-input");
        reader.setDaemon(true);
        reader.start();
        return end;
    }

    private static String usage(String name) {
        return """
                Starts one %1$s on 127.0.0.1, prints "%1$s ready on 127.0.0.1:PORT" and stops it when this
                process is terminated or its standard input is closed.

                  --port PORT   port to listen on; default a free one
                  --data DIR    data directory; default a temporary one
                  --help        this text""".formatted(name);
    }
}
