package io.metachat.axon.eventstoredb.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the event store, and their defaults.
 *
 * @param enabled Whether to configure an event store on EventStoreDB.
 * @param connectionString Address of the store: esdb:// or esdb+discover://, with credentials and TLS options.
 * @param context Name of the stream of events without an aggregate; defaults to the application's name.
 * @param streamPrefix Prefix of every stream name, to separate applications that share a server.
 * @param callTimeout Timeout of one attempt of an append or a read.
 * @param pageSize Number of events that one read requests.
 * @param maxAppendSize Maximum size of one append; a larger one is refused before it is sent.
 * @param allowMultipleStreams Whether one unit of work may append to several streams, in order but not atomically.
 * @param timeMarks Whether to record periodically which position was reached when, to find the token of an instant fast.
 * @param warmUp Whether to make the first, slow calls at start-up; health is OUT_OF_SERVICE until they have succeeded.
 * @param retry Retries of reads, and of appends with an unknown outcome.
 * @param reconnect Pauses between attempts to reconnect.
 * @param subscription Buffers and timeouts of tracking streams.
 * @param metadata Metadata keys that are stored as the server's correlation metadata.
 */
@ConfigurationProperties("axon.eventstoredb")
public record EventStoreDbProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("esdb://127.0.0.1:2113?tls=false") String connectionString,
        @Nullable String context,
        @DefaultValue("") String streamPrefix,
        @DefaultValue("5s") Duration callTimeout,
        @DefaultValue("256") int pageSize,
        @DefaultValue("1MB") DataSize maxAppendSize,
        @DefaultValue("false") boolean allowMultipleStreams,
        @DefaultValue("true") boolean timeMarks,
        @DefaultValue("true") boolean warmUp,
        @DefaultValue Retry retry,
        @DefaultValue Reconnect reconnect,
        @DefaultValue Subscription subscription,
        @DefaultValue Metadata metadata) {

    /**
     * Retries of reads, and of appends with an unknown outcome.
     *
     * @param initialBackoff Upper bound of the first pause.
     * @param maxBackoff Upper bound of any pause.
     * @param maxElapsed No attempt starts after this time.
     */
    public record Retry(
            @DefaultValue("50ms") Duration initialBackoff,
            @DefaultValue("1s") Duration maxBackoff,
            @DefaultValue("10s") Duration maxElapsed) {}

    /**
     * Pauses between attempts to reconnect.
     *
     * @param initialBackoff Upper bound of the first pause.
     * @param maxBackoff Upper bound of any pause.
     */
    public record Reconnect(
            @DefaultValue("100ms") Duration initialBackoff,
            @DefaultValue("2s") Duration maxBackoff) {}

    /**
     * Buffers and timeouts of tracking streams.
     *
     * @param queueSize Events buffered for a consumer that catches up; a full buffer slows the server down.
     * @param cacheSize Recent events shared by consumers near the end; a consumer further behind reads on its own.
     * @param maxSize Maximum size of the events in the cache, and in each buffer.
     * @param searchWindow Maximum number of events that the server filters between two checkpoints.
     * @param watchdogInterval Interval at which the watchdog checks subscriptions.
     * @param maxSilence A subscription that is silent for longer, and behind the head, is reopened.
     */
    public record Subscription(
            @DefaultValue("1024") int queueSize,
            @DefaultValue("8192") int cacheSize,
            @DefaultValue("8MB") DataSize maxSize,
            @DefaultValue("512") int searchWindow,
            @DefaultValue("2s") Duration watchdogInterval,
            @DefaultValue("10s") Duration maxSilence) {}

    /**
     * Metadata keys that are stored as the server's correlation metadata.
     *
     * @param correlationIdKey Key stored as $correlationId: the identifier shared by a whole flow.
     * @param causationIdKey Key stored as $causationId: the identifier of the message that caused this one.
     */
    public record Metadata(
            @DefaultValue("traceId") String correlationIdKey,
            @DefaultValue("correlationId") String causationIdKey) {}
}
