package io.metachat.local.system;

import io.metachat.embedded.process.ProcessSpec;
import io.metachat.embedded.process.ServerProcess;
import io.metachat.embedded.process.ServerStartException;
import io.metachat.embedded.server.EmbeddedServer;
import io.metachat.local.home.Endpoint;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One process of the system. The supervisor never starts it twice at the same time. */
interface Component {

    /** Returns the name, for example "diary-service", which is also the name of the log. */
    String name();

    /** Returns the endpoints that listen in this process. */
    List<Endpoint> endpoints();

    Path log();

    /**
     * Starts it and returns its process when it is ready.
     *
     * @throws ServerStartException if it does not become ready; the process has ended then
     */
    ServerProcess start();

    /** Stops it gracefully. A start in flight in another thread fails. Does nothing if it does not run. */
    void stop();

    /** Returns a server that has a data directory of its own. */
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

    /** Returns any other program. */
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
