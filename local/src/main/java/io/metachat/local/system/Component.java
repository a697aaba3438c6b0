package io.metachat.local.system;

import io.metachat.embedded.process.ProcessSpec;
import io.metachat.embedded.process.ServerProcess;
import io.metachat.embedded.process.ServerStartException;
import io.metachat.embedded.server.EmbeddedServer;
import io.metachat.local.home.Endpoint;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One process of the system. Used by the supervisor, which never starts it twice at once. */
interface Component {

    /** As in "diary-service"; also the name of its log. */
    String name();

    /** What listens in it. */
    List<Endpoint> endpoints();

    Path log();

    /**
     * Starts it and returns its process when it is ready.
     *
     * @throws ServerStartException when it does not become ready; nothing of it runs then
     */
    ServerProcess start();

    /** Stops it in peace; a start under way in another thread fails. Nothing happens when it does not run. */
    void stop();

    /** A server that keeps its data directory to itself. */
    static Component of(String name, List<Endpoint> endpoints, EmbeddedServer server) {
        return new Component() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Endpoint> endpoints() {
                return endpoints;
            }

            @Override
            public Path log() {
                return server.log();
            }

            @Override
            public ServerProcess start() {
                server.start();
                return server.process();
            }

            @Override
            public void stop() {
                server.close();
            }
        };
    }

    /** Any other program. */
    static Component of(String name, List<Endpoint> endpoints, ProcessSpec spec) {
        return new Component() {
            private volatile @Nullable ServerProcess process;

            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Endpoint> endpoints() {
                return endpoints;
            }

            @Override
            public Path log() {
                return spec.log();
            }

            @Override
            public ServerProcess start() {
                ServerProcess launched = ServerProcess.launch(spec);
                process = launched;
                launched.awaitReady();
                return launched;
            }

            @Override
            public void stop() {
                ServerProcess running = process;
                if (running != null) {
                    running.stop();
                }
            }
        };
    }
}
