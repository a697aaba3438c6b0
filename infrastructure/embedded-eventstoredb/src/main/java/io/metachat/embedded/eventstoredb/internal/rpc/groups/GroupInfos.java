package io.metachat.embedded.eventstoredb.internal.rpc.groups;

import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent.SubscriptionInfo;
import io.metachat.embedded.eventstoredb.internal.group.Group;
import io.metachat.embedded.eventstoredb.internal.group.GroupSettings;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;

/** Converts a group's status into protocol messages. */
final class GroupInfos {

    private static final String NOTHING = "";

    private GroupInfos() {}

    static SubscriptionInfo of(Group.GroupStatus status) {
        GroupSettings settings = status.settings();
        SubscriptionInfo.Builder info = SubscriptionInfo.newBuilder()
                .setEventSource(status.id().stream())
                .setGroupName(status.id().name())
                .setStatus("Live")
                .setTotalItems(status.delivered())
                .setLastCheckpointedEventPosition(place(status, status.checkpoint()))
                .setLastKnownEventPosition(place(status, status.lastRead()))
                .setResolveLinkTos(settings.resolveLinks())
                .setStartFrom(start(status))
                .setMessageTimeoutMilliseconds(settings.messageTimeoutMillis())
                .setExtraStatistics(settings.extraStatistics())
                .setMaxRetryCount(settings.maxRetryCount())
                .setLiveBufferSize(settings.liveBufferSize())
                .setBufferSize(settings.historyBufferSize())
                .setReadBatchSize(settings.readBatchSize())
                .setCheckPointAfterMilliseconds(settings.checkpointAfterMillis())
                .setMinCheckPointCount(settings.minCheckpointCount())
                .setMaxCheckPointCount(settings.maxCheckpointCount())
                .setRetryBufferCount(status.retries())
                .setTotalInFlightMessages(status.outstanding())
                .setOutstandingMessagesCount(status.outstanding())
                .setNamedConsumerStrategy(settings.strategy().wireName())
                .setMaxSubscriberCount(settings.maxSubscriberCount())
                .setParkedMessageCount(status.parked());
        for (Group.ConsumerStatus consumer : status.consumers()) {
            info.addConnections(SubscriptionInfo.ConnectionInfo.newBuilder()
                    .setUsername(consumer.user())
                    .setTotalItems(consumer.delivered())
                    .setAvailableSlots(consumer.availableSlots())
                    .setInFlightMessages(consumer.inFlight()));
        }
        return info.build();
    }

    private static String start(Group.GroupStatus status) {
        long start = status.settings().startFrom();
        return isAll(status) ? position(start) : Long.toString(start);
    }

    private static String place(Group.GroupStatus status, long order) {
        if (order < 0) {
            return NOTHING;
        }
        return isAll(status) ? position(order) : Long.toString(order);
    }

    private static String position(long position) {
        return "C:" + position + "/P:" + position;
    }

    private static boolean isAll(Group.GroupStatus status) {
        return status.id().stream().equals(StreamNames.ALL);
    }
}
