package io.metachat.embedded.eventstoredb.internal.rpc.groups;

import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.CreateReq;
import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.UpdateReq;
import com.eventstore.dbclient.proto.shared.Shared;
import com.google.protobuf.InvalidProtocolBufferException;
import io.metachat.embedded.eventstoredb.internal.group.GroupId;
import io.metachat.embedded.eventstoredb.internal.group.GroupSettings;
import io.metachat.embedded.eventstoredb.internal.read.EventFilter;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.InvalidRequestException;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.Arrays;
import java.util.List;

/** Reads the requests about groups. */
final class GroupRequests {

    private static final int TICKS_PER_MILLISECOND = 10_000;

    private GroupRequests() {}

    /**
     * Reads the stream's name from the old field if the newer one is missing. Old clients know no groups on {@code
     * $all}.
     */
    @SuppressWarnings("deprecation")
    static GroupId id(CreateReq.Options options) {
        return switch (options.getStreamOptionCase()) {
            case ALL -> all(options.getGroupName());
            case STREAM -> of(options.getStream().getStreamIdentifier(), options.getGroupName());
            case STREAMOPTION_NOT_SET -> of(options.getStreamIdentifier(), options.getGroupName());
        };
    }

    static GroupId id(UpdateReq.Options options) {
        return id(sameLayout(options));
    }

    static GroupId all(String name) {
        return checked(new GroupId(StreamNames.ALL, name));
    }

    static GroupId of(Shared.StreamIdentifier stream, String name) {
        return checked(new GroupId(Wire.stream(stream), name));
    }

    static GroupSettings settings(CreateReq.Options options) {
        return settings(options, options.hasAll() ? filter(options.getAll()) : GroupSettings.Filter.NONE);
    }

    static GroupSettings settings(UpdateReq.Options options) {
        return settings(sameLayout(options), GroupSettings.Filter.NONE);
    }

    /** Both requests have the same layout, except that an update has no filter. */
    private static CreateReq.Options sameLayout(UpdateReq.Options options) {
        try {
            return CreateReq.Options.parseFrom(options.toByteString());
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("an update's layout differs from a creation's", impossible);
        }
    }

    private static GroupSettings settings(CreateReq.Options options, GroupSettings.Filter filter) {
        CreateReq.Settings settings = options.getSettings();
        return new GroupSettings(
                settings.getResolveLinks(),
                start(options),
                settings.getExtraStatistics(),
                settings.hasMessageTimeoutTicks()
                        ? (int) (settings.getMessageTimeoutTicks() / TICKS_PER_MILLISECOND)
                        : settings.getMessageTimeoutMs(),
                settings.getMaxRetryCount(),
                settings.getMinCheckpointCount(),
                settings.getMaxCheckpointCount(),
                settings.hasCheckpointAfterTicks()
                        ? (int) (settings.getCheckpointAfterTicks() / TICKS_PER_MILLISECOND)
                        : settings.getCheckpointAfterMs(),
                settings.getMaxSubscriberCount(),
                settings.getLiveBufferSize(),
                settings.getReadBatchSize(),
                settings.getHistoryBufferSize(),
                strategy(settings),
                filter);
    }

    @SuppressWarnings("deprecation")
    private static long start(CreateReq.Options options) {
        return switch (options.getStreamOptionCase()) {
            case ALL -> start(options.getAll());
            case STREAM -> start(options.getStream());
            // The largest unsigned number, -1 here, stands for the end.
            case STREAMOPTION_NOT_SET -> options.getSettings().getRevision();
        };
    }

    private static long start(CreateReq.StreamOptions options) {
        return switch (options.getRevisionOptionCase()) {
            case REVISION -> options.getRevision();
            case START -> 0;
            case END -> GroupSettings.FROM_END;
            case REVISIONOPTION_NOT_SET -> throw new InvalidRequestException("the start is missing");
        };
    }

    private static long start(CreateReq.AllOptions options) {
        return switch (options.getAllOptionCase()) {
            case POSITION -> options.getPosition().getCommitPosition();
            case START -> 0;
            case END -> GroupSettings.FROM_END;
            case ALLOPTION_NOT_SET -> throw new InvalidRequestException("the start is missing");
        };
    }

    private static GroupSettings.Filter filter(CreateReq.AllOptions options) {
        if (!options.hasFilter()) {
            return GroupSettings.Filter.NONE;
        }
        CreateReq.AllOptions.FilterOptions filter = options.getFilter();
        boolean byType = filter.hasEventType();
        CreateReq.AllOptions.FilterOptions.Expression expression =
                byType ? filter.getEventType() : filter.getStreamIdentifier();
        List<String> prefixes = List.copyOf(expression.getPrefixList());
        // Rejects an invalid expression now, not when the group starts.
        EventFilter.by(byType ? EventFilter.Subject.TYPE : EventFilter.Subject.STREAM, expression.getRegex(), prefixes);
        return new GroupSettings.Filter(byType, expression.getRegex(), prefixes);
    }

    /** Older clients send the strategy as a number, newer ones as a string. */
    @SuppressWarnings("deprecation")
    private static GroupSettings.Strategy strategy(CreateReq.Settings settings) {
        if (settings.getConsumerStrategy().isEmpty()) {
            return switch (settings.getNamedConsumerStrategy()) {
                case DispatchToSingle -> GroupSettings.Strategy.DISPATCH_TO_SINGLE;
                case RoundRobin -> GroupSettings.Strategy.ROUND_ROBIN;
                case Pinned -> GroupSettings.Strategy.PINNED;
                case UNRECOGNIZED -> throw new InvalidRequestException("unknown consumer strategy");
            };
        }
        return Arrays.stream(GroupSettings.Strategy.values())
                .filter(strategy -> strategy.wireName().equals(settings.getConsumerStrategy()))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("unknown consumer strategy"));
    }

    private static GroupId checked(GroupId id) {
        if (id.name().isEmpty() || !StreamNames.isValid(id.stream())) {
            throw new InvalidRequestException("a group needs a stream and a name");
        }
        return id;
    }
}
