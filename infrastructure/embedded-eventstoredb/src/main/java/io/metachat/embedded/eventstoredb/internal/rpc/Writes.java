package io.metachat.embedded.eventstoredb.internal.rpc;

import io.metachat.embedded.eventstoredb.internal.engine.LogWriter;
import io.metachat.embedded.eventstoredb.internal.engine.StandardIndexes;
import io.metachat.embedded.eventstoredb.internal.engine.StreamNames;
import io.metachat.embedded.eventstoredb.internal.engine.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.engine.WriteOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The way to the writer for every call that writes: checks the stream, hands the answer to another thread. */
final class Writes {

    private final LogWriter writer;
    private final AccessRules access;
    private final Executor executor;
    private final int maxAppendSize;

    Writes(LogWriter writer, AccessRules access, Executor executor, int maxAppendSize) {
        this.writer = writer;
        this.access = access;
        this.executor = executor;
        this.maxAppendSize = maxAppendSize;
    }

    int maxAppendSize() {
        return maxAppendSize;
    }

    /** @return completed on the executor, so that answering costs the writer's thread nothing */
    CompletableFuture<WriteOutcome> submit(WriteCommand command) {
        return writer.submit(command).thenApplyAsync(outcome -> outcome, executor);
    }

    void requireAppendable(Caller caller, String stream) {
        requireOrdinary(stream);
        access.requireWrite(caller, stream);
    }

    void requireDeletable(Caller caller, String stream) {
        requireOrdinary(stream);
        if (StreamNames.isMetadata(stream)) {
            throw new InvalidRequestException("a metadata stream goes with the stream that it describes");
        }
        access.requireDelete(caller, stream);
    }

    private static void requireOrdinary(String stream) {
        requireName(stream);
        if (stream.equals(StreamNames.ALL) || StandardIndexes.isIndexStream(stream)) {
            throw RpcErrors.accessDenied();
        }
    }

    private static void requireName(String stream) {
        if (!StreamNames.isValid(stream)) {
            throw new InvalidRequestException("a stream's name is missing or too long");
        }
    }
}
