package io.metachat.embedded.eventstoredb;

import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.log.LogFormat;
import io.metachat.embedded.eventstoredb.internal.read.Reads;
import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.RocksDbStore;
import io.metachat.embedded.eventstoredb.internal.storage.Space;
import io.metachat.embedded.eventstoredb.internal.storage.StorageException;
import io.metachat.embedded.eventstoredb.internal.upkeep.Scavenge;
import io.metachat.embedded.eventstoredb.internal.upkeep.Verification;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The maintenance tasks for a data directory that no server uses. One task per run. */
final class Maintenance {

    @Option(names = "--info", description = "Print a summary of the data directory, and exit.")
    private boolean info;

    @Option(names = "--verify", description = "Check the whole data directory, and exit; 1 if it is damaged.")
    private boolean verify;

    @Option(names = "--scavenge", description = "Remove events that no reader can see, and exit.")
    private boolean scavenge;

    /** @return the exit code */
    int run(Path data, PrintWriter out) {
        if (!Files.isDirectory(data)) {
            throw new EventStoreDbStartException("no such data directory: " + data);
        }
        try (KeyValueStore store = RocksDbStore.open(data)) {
            LogFormat.check(store);
            EventReader reader = new EventReader(store);
            if (verify) {
                return verify(store, reader, out);
            }
            if (scavenge) {
                scavenge(store, reader, out);
            } else {
                info(store, out);
            }
            return ExitCode.OK;
        } catch (StorageException failure) {
            throw new EventStoreDbStartException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static void info(KeyValueStore store, PrintWriter out) {
        out.println("log end:  " + LogFormat.end(store));
        out.println("events:   about " + store.estimatedKeys(Space.EVENTS));
        out.println("entries:  about " + store.estimatedKeys(Space.STREAMS) + " in streams and their indexes");
    }

    private static int verify(KeyValueStore store, EventReader reader, PrintWriter out) {
        Verification.Result result = new Verification(store, reader, out::println).run();
        out.println((result.sound() ? "sound: " : "damaged: ") + result.events() + " events, " + result.streams()
                + " streams checked");
        return result.sound() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static void scavenge(KeyValueStore store, EventReader reader, PrintWriter out) {
        Reads reads = new Reads(reader, Clock.systemUTC());
        long removed = new Scavenge(store, reader, reads::firstVisible).run();
        out.println("removed " + removed + " events");
    }
}
