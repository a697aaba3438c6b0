package io.metachat.embedded.eventstoredb.internal.rpc.appends;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.DeleteReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.TombstoneReq;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.InvalidRequestException;
import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;

/** Reads the expected revision from the four requests that have one. */
public final class Expectations {

    private Expectations() {}

    public static ExpectedRevision of(AppendReq.Options options) {
        return switch (options.getExpectedStreamRevisionCase()) {
            case REVISION -> exactly(options.getRevision());
            case NO_STREAM -> ExpectedRevision.NO_STREAM;
            case ANY -> ExpectedRevision.ANY;
            case STREAM_EXISTS -> ExpectedRevision.STREAM_EXISTS;
            case EXPECTEDSTREAMREVISION_NOT_SET -> throw missing();
        };
    }

    public static ExpectedRevision of(BatchAppendReq.Options options) {
        return switch (options.getExpectedStreamPositionCase()) {
            case STREAM_POSITION -> exactly(options.getStreamPosition());
            case NO_STREAM -> ExpectedRevision.NO_STREAM;
            case ANY -> ExpectedRevision.ANY;
            case STREAM_EXISTS -> ExpectedRevision.STREAM_EXISTS;
            case EXPECTEDSTREAMPOSITION_NOT_SET -> throw missing();
        };
    }

    public static ExpectedRevision of(DeleteReq.Options options) {
        return switch (options.getExpectedStreamRevisionCase()) {
            case REVISION -> exactly(options.getRevision());
            case NO_STREAM -> ExpectedRevision.NO_STREAM;
            case ANY -> ExpectedRevision.ANY;
            case STREAM_EXISTS -> ExpectedRevision.STREAM_EXISTS;
            case EXPECTEDSTREAMREVISION_NOT_SET -> throw missing();
        };
    }

    public static ExpectedRevision of(TombstoneReq.Options options) {
        return switch (options.getExpectedStreamRevisionCase()) {
            case REVISION -> exactly(options.getRevision());
            case NO_STREAM -> ExpectedRevision.NO_STREAM;
            case ANY -> ExpectedRevision.ANY;
            case STREAM_EXISTS -> ExpectedRevision.STREAM_EXISTS;
            case EXPECTEDSTREAMREVISION_NOT_SET -> throw missing();
        };
    }

    private static ExpectedRevision exactly(long unsigned) {
        if (unsigned < 0 || unsigned == Long.MAX_VALUE) {
            throw new InvalidRequestException("an expected revision is too large");
        }
        return ExpectedRevision.exactly(unsigned);
    }

    private static InvalidRequestException missing() {
        return new InvalidRequestException("the expected revision is missing");
    }
}
