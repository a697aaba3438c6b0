package io.metachat.embedded.eventstoredb.internal.rpc.appends;

import io.metachat.embedded.eventstoredb.internal.commit.LogWriter;
import io.metachat.embedded.eventstoredb.internal.rpc.access.AccessRules;
import io.metachat.embedded.eventstoredb.internal.rpc.access.Caller;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.InvalidRequestException;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import io.metachat.embedded.eventstoredb.internal.stream.StandardIndexes;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The writer as seen by all calls that write: checks the stream and the access, and completes responses on another
 * thread.
 */
public final class Writes {

    private final LogWriter writer;
    private final AccessRules access;
    private final Executor executor;
    private final int maxAppendSize;

    public Writes(LogWriter writer, AccessRules access, Executor executor, int maxAppendSize) {
        this.writer = writer;
        this.access = access;
        this.executor = executor;
        this.maxAppendSize = maxAppendSize;
    }

    int maxAppendSize() {
        return maxAppendSize;
    }

    /** @return the outcome, completed on the executor, so that responses cost the writer's thread nothing */
    public CompletableFuture<WriteOutcome> submit(WriteCommand command) {
        return writer.submit(command).thenApplyAsync(outcome -> outcome, executor);
    }

    void requireAppendable(Caller caller, String stream) {
        requireOrdinary(stream);
        access.requireWrite(caller, stream);
    }

    public void requireDeletable(Caller caller, String stream) {
        requireOrdinary(stream);
        if (StreamNames.isMetadata(stream)) {
            throw new InvalidRequestException("a metadata stream is deleted with the stream that it describes");
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
