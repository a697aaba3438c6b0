package io.metachat.embedded.cassandra;

import io.metachat.embedded.server.ServerMain;
import java.nio.file.Path;

/** Runs one Cassandra until it is terminated: {@code --port 9042 --data directory}. */
public final class CassandraMain {

    private CassandraMain() {}

    public static void main(String[] arguments) {
        ServerMain.run("Cassandra", arguments, (port, data) -> {
            EmbeddedCassandra.Builder builder = EmbeddedCassandra.builder().port(port);
            data.map(Path::of).ifPresent(builder::dataDirectory);
            EmbeddedCassandra cassandra = builder.start();
            return new ServerMain.Started(cassandra, cassandra.port());
        });
    }
}
