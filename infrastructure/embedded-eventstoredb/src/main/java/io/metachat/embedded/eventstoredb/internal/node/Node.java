package io.metachat.embedded.eventstoredb.internal.node;

import io.metachat.embedded.eventstoredb.internal.commit.LogWriter;
import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.log.LogFormat;
import io.metachat.embedded.eventstoredb.internal.read.Reads;
import io.metachat.embedded.eventstoredb.internal.rpc.RpcServer;
import io.metachat.embedded.eventstoredb.internal.rpc.RpcSettings;
import io.metachat.embedded.eventstoredb.internal.rpc.faults.FaultPlan;
import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.RocksDbStore;
import io.metachat.embedded.eventstoredb.internal.upkeep.Scavenge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One run of a server, from start to stop. To start again, create a new node on the same directory. */
public final class Node {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final KeyValueStore store;
    private final EventReader reader;
    private final LogWriter writer;
    private final Reads reads;
    private final RpcServer rpc;

    private Node(KeyValueStore store, EventReader reader, LogWriter writer, Reads reads, RpcServer rpc) {
        this.store = store;
        this.reader = reader;
        this.writer = writer;
        this.reads = reads;
        this.rpc = rpc;
    }

    /**
     * Opens the directory and the port.
     *
     * @param freeBytes supplies the free disk space
     * @param reservedBytes the disk space that stays free
     * @throws IOException if the port is taken
     * @throws io.metachat.embedded.eventstoredb.internal.storage.StorageException if the directory cannot be used
     */
    public static Node start(
            Path data, RpcSettings settings, FaultPlan faults, LongSupplier freeBytes, long reservedBytes, Clock clock)
            throws IOException {
        KeyValueStore store = RocksDbStore.open(data);
        LogWriter writer = null;
        try {
            LogFormat.check(store);
            EventReader reader = new EventReader(store);
            writer = new LogWriter(store, reader, new DiskSpaceGuard(freeBytes, reservedBytes), clock);
            Reads reads = new Reads(reader, clock);
            RpcServer rpc = new RpcServer(settings, faults, writer, reader, reads, clock);
            Node node = new Node(store, reader, writer, reads, rpc);
            node.listen();
            return node;
        } catch (RuntimeException failure) {
            if (writer != null) {
                writer.close();
            }
            store.close();
            throw failure;
        }
    }

    public int port() {
        return rpc.port();
    }

    /** @return the number of removed events */
    public long scavenge() {
        return new Scavenge(store, reader, reads::firstVisible).run();
    }

    public RpcServer rpc() {
        return rpc;
    }

    public void stop() {
        rpc.stop(GRACE);
        release();
    }

    /** Simulates a crash: connections are cut without responses. */
    public void kill() {
        rpc.kill();
        release();
    }

    private void listen() throws IOException {
        try {
            rpc.start();
        } catch (IOException portTaken) {
            release();
            throw portTaken;
        }
    }

    private void release() {
        writer.close();
        rpc.releaseThreads();
        store.close();
    }
}
