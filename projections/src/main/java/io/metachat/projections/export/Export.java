package io.metachat.projections.export;

import io.grpc.stub.ServerCallStreamObserver;
import io.metachat.domain.UserId;
import io.metachat.projections.entry.EntryProjection;
import io.metachat.projections.mood.MoodProjection;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.session.SessionProjection;
import io.metachat.projections.user.UserProjection;
import io.metachat.proto.v1.ExportChunk;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.common.AxonThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Streams exports, a few at a time: an export is as long as a diary, but takes no more memory than a page of it, and
 * goes no faster than it is read.
 */
@Component
public class Export implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Export.class);

    private static final int THREADS = 2;

    private final PersonalRecord record;
    private final MinimumPosition position;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, new AxonThreadFactory("export"));

    Export(PersonalRecord record, MinimumPosition position) {
        this.record = record;
        this.position = position;
    }

    /** Returns at once; the reader gets everything in its own time. */
    public void write(UserId user, ServerCallStreamObserver<ExportChunk> reader) {
        position.await(user, UserProjection.NAME, EntryProjection.NAME, SessionProjection.NAME, MoodProjection.NAME);
        ChunkStream chunks = new ChunkStream(reader);
        executor.execute(() -> run(user, chunks, reader));
    }

    private void run(UserId user, ChunkStream chunks, ServerCallStreamObserver<ExportChunk> reader) {
        try {
            record.write(user, chunks::send);
            reader.onCompleted();
        } catch (RuntimeException e) {
            if (reader.isCancelled()) {
                log.debug("An export was cancelled by its reader");
            } else {
                reader.onError(e);
            }
        }
    }

    @Override
    public void destroy() {
        executor.shutdownNow();
    }
}
