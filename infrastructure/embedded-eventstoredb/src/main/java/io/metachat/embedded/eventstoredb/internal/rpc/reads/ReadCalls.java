package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.grpc.stub.ServerCallStreamObserver;
import io.metachat.embedded.eventstoredb.internal.commit.LogEnd;
import io.metachat.embedded.eventstoredb.internal.read.Checkpoints;
import io.metachat.embedded.eventstoredb.internal.read.Direction;
import io.metachat.embedded.eventstoredb.internal.read.EventFilter;
import io.metachat.embedded.eventstoredb.internal.read.EventSource;
import io.metachat.embedded.eventstoredb.internal.read.Reads;
import io.metachat.embedded.eventstoredb.internal.read.StreamView;
import io.metachat.embedded.eventstoredb.internal.rpc.access.AccessRules;
import io.metachat.embedded.eventstoredb.internal.rpc.access.Caller;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.InvalidRequestException;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.List;
import java.util.concurrent.Executor;

/** The four kinds of the Read call: a read or a subscription, of a stream or of the whole log. */
public final class ReadCalls {

    private static final int DEFAULT_SEARCH_WINDOW = 32;

    private final Reads reads;
    private final AccessRules access;
    private final LogEnd logEnd;
    private final OpenPumps open;
    private final Executor executor;

    public ReadCalls(Reads reads, AccessRules access, LogEnd logEnd, OpenPumps open, Executor executor) {
        this.reads = reads;
        this.access = access;
        this.logEnd = logEnd;
        this.open = open;
        this.executor = executor;
    }

    public void start(Options options, ServerCallStreamObserver<ReadResp> call) {
        switch (options.getStreamOptionCase()) {
            case STREAM -> {
                String stream = Wire.stream(options.getStream().getStreamIdentifier());
                if (!StreamNames.isValid(stream)) {
                    throw new InvalidRequestException("a stream's name is missing or too long");
                }
                access.requireRead(Caller.current(), stream);
                if (options.hasSubscription()) {
                    subscribe(call, options, stream, streamSubscription(options, stream));
                } else {
                    readStream(call, options, stream);
                }
            }
            case ALL -> {
                access.requireRead(Caller.current(), StreamNames.ALL);
                if (options.hasSubscription()) {
                    subscribe(call, options, StreamNames.ALL, allSubscription(options));
                } else {
                    readAll(call, options);
                }
            }
            case STREAMOPTION_NOT_SET -> throw new InvalidRequestException("the stream to read is missing");
        }
    }

    private void readStream(ServerCallStreamObserver<ReadResp> call, Options options, String stream) {
        StreamView view = reads.view(stream);
        if (view instanceof StreamView.Visible visible) {
            Direction direction = direction(options);
            long start = start(options.getStream(), visible, direction);
            EventSource source = reads.stream(stream, direction, start, options.getResolveLinks());
            StreamBounds bounds = options.getControlOption().getCompatibility() == 0
                    ? StreamBounds.unknown()
                    : StreamBounds.of(visible, direction, start);
            read(call, options, source, bounds);
        } else if (view instanceof StreamView.NotFound) {
            call.onNext(ReadResp.newBuilder()
                    .setStreamNotFound(ReadResp.StreamNotFound.newBuilder().setStreamIdentifier(Wire.stream(stream)))
                    .build());
            call.onCompleted();
        } else {
            throw RpcErrors.streamDeleted(stream);
        }
    }

    private void readAll(ServerCallStreamObserver<ReadResp> call, Options options) {
        Direction direction = direction(options);
        long start = switch (options.getAll().getAllOptionCase()) {
            case POSITION -> atMostEnd(options.getAll().getPosition().getCommitPosition());
            case START -> 0;
            case END -> logEnd.position();
            case ALLOPTION_NOT_SET -> throw new InvalidRequestException("the start is missing");
        };
        EventSource source =
                reads.all(direction, start, filter(options), Checkpoints.none(), options.getResolveLinks());
        read(call, options, source, StreamBounds.unknown());
    }

    private EventSource streamSubscription(Options options, String stream) {
        long start = switch (options.getStream().getRevisionOptionCase()) {
            case REVISION -> revision(options.getStream().getRevision()) + 1;
            case START -> 0;
            case END -> reads.nextRevision(stream);
            case REVISIONOPTION_NOT_SET -> throw new InvalidRequestException("the start is missing");
        };
        if (reads.view(stream) instanceof StreamView.Deleted) {
            throw RpcErrors.streamDeleted(stream);
        }
        return reads.stream(stream, Direction.FORWARDS, start, options.getResolveLinks());
    }

    private EventSource allSubscription(Options options) {
        long start = switch (options.getAll().getAllOptionCase()) {
            case POSITION -> atMostEnd(options.getAll().getPosition().getCommitPosition()) + 1;
            case START -> 0;
            case END -> logEnd.position();
            case ALLOPTION_NOT_SET -> throw new InvalidRequestException("the start is missing");
        };
        return reads.all(Direction.FORWARDS, start, filter(options), checkpoints(options), options.getResolveLinks());
    }

    private void read(
            ServerCallStreamObserver<ReadResp> call, Options options, EventSource source, StreamBounds bounds) {
        if (options.getCountOptionCase() != Options.CountOptionCase.COUNT) {
            throw new InvalidRequestException("the number of events is missing");
        }
        open.start(new ReadPump(call, executor, source, options.getCount(), structuredIds(options), bounds, open));
    }

    private void subscribe(
            ServerCallStreamObserver<ReadResp> call, Options options, String stream, EventSource source) {
        if (direction(options) == Direction.BACKWARDS) {
            throw new InvalidRequestException("a subscription must read forwards");
        }
        open.start(new SubscriptionPump(call, executor, stream, source, structuredIds(options), logEnd, open));
    }

    private static long start(Options.StreamOptions options, StreamView.Visible view, Direction direction) {
        return switch (options.getRevisionOptionCase()) {
            case REVISION -> revision(options.getRevision());
            case START -> 0;
            case END -> direction == Direction.BACKWARDS ? view.last() : view.last() + 1;
            case REVISIONOPTION_NOT_SET -> throw new InvalidRequestException("the start is missing");
        };
    }

    private static EventFilter filter(Options options) {
        if (!options.hasFilter()) {
            return EventFilter.EVERYTHING;
        }
        Options.FilterOptions filter = options.getFilter();
        return switch (filter.getFilterCase()) {
            case STREAM_IDENTIFIER ->
                EventFilter.by(
                        EventFilter.Subject.STREAM,
                        filter.getStreamIdentifier().getRegex(),
                        List.copyOf(filter.getStreamIdentifier().getPrefixList()));
            case EVENT_TYPE ->
                EventFilter.by(
                        EventFilter.Subject.TYPE,
                        filter.getEventType().getRegex(),
                        List.copyOf(filter.getEventType().getPrefixList()));
            case FILTER_NOT_SET -> throw new InvalidRequestException("a filter has no expression");
        };
    }

    private static Checkpoints checkpoints(Options options) {
        if (!options.hasFilter()) {
            return Checkpoints.none();
        }
        Options.FilterOptions filter = options.getFilter();
        long window = filter.getWindowCase() == Options.FilterOptions.WindowCase.MAX
                ? Integer.toUnsignedLong(filter.getMax())
                : DEFAULT_SEARCH_WINDOW;
        long multiplier = Integer.toUnsignedLong(filter.getCheckpointIntervalMultiplier());
        if (window == 0 || multiplier == 0) {
            throw new InvalidRequestException("search window and checkpoint interval must be at least 1");
        }
        return Checkpoints.every(window * multiplier);
    }

    private static Direction direction(Options options) {
        return switch (options.getReadDirection()) {
            case Forwards -> Direction.FORWARDS;
            case Backwards -> Direction.BACKWARDS;
            case UNRECOGNIZED -> throw new InvalidRequestException("unknown read direction");
        };
    }

    private static boolean structuredIds(Options options) {
        return switch (options.getUuidOption().getContentCase()) {
            case STRUCTURED -> true;
            case STRING -> false;
            case CONTENT_NOT_SET -> throw new InvalidRequestException("the format of ids is missing");
        };
    }

    /** Numbers are unsigned on the wire. A number that does not fit is behind every event. */
    private static long revision(long unsigned) {
        return unsigned < 0 || unsigned == Long.MAX_VALUE ? Long.MAX_VALUE - 1 : unsigned;
    }

    private long atMostEnd(long unsigned) {
        long end = logEnd.position();
        return unsigned < 0 || unsigned > end ? end : unsigned;
    }
}
