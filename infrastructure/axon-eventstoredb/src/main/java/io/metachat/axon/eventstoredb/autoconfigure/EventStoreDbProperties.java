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
 * @param connectionString Where the store is: esdb:// or esdb+discover://, with credentials and TLS options.
 * @param context Names the stream of events without an aggregate; the application's name unless set.
 * @param streamPrefix Put before every stream name, to keep applications on one server apart.
 * @param callTimeout How long one attempt of an append or a read may take.
 * @param pageSize How many events one read asks for.
 * @param maxAppendSize The server's limit on one append; larger ones are refused before they are sent.
 * @param allowMultipleStreams Whether one unit of work may append to several streams, in order but not atomically.
 * @param timeMarks Whether to mark now and then which position was reached when, so that instants are found fast.
 * @param warmUp Whether to make the first, slow calls at start-up; health is OUT_OF_SERVICE until they are done.
 * @param retry How appends of unknown outcome, and reads, are tried again.
 * @param reconnect How often a broken connection is tried again.
 * @param subscription How tracking consumers are fed.
 * @param metadata Which of Axon's metadata become the server's correlation metadata.
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
     * How appends of unknown outcome, and reads, are tried again.
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
     * How often a broken connection is tried again.
     *
     * @param initialBackoff Upper bound of the first pause.
     * @param maxBackoff Upper bound of any pause.
     */
    public record Reconnect(
            @DefaultValue("100ms") Duration initialBackoff,
            @DefaultValue("2s") Duration maxBackoff) {}

    /**
     * How tracking consumers are fed.
     *
     * @param queueSize How many events wait for a consumer that is catching up; the server is slowed down beyond.
     * @param cacheSize How many recent events consumers at the tail share; who falls further behind reads on its own.
     * @param maxSize The size of the events that the cache, and each queue, may hold; fewer events when they are large.
     * @param searchWindow How many events the server looks at, at most, between two checkpoints of a filtered stretch.
     * @param watchdogInterval How often subscriptions are looked at.
     * @param maxSilence A subscription silent for longer is compared with the head and opened again if behind.
     */
    public record Subscription(
            @DefaultValue("1024") int queueSize,
            @DefaultValue("8192") int cacheSize,
            @DefaultValue("8MB") DataSize maxSize,
            @DefaultValue("512") int searchWindow,
            @DefaultValue("2s") Duration watchdogInterval,
            @DefaultValue("10s") Duration maxSilence) {}

    /**
     * Which of Axon's metadata become the server's correlation metadata.
     *
     * @param correlationIdKey Stored as $correlationId: the key of the identifier that a whole flow shares.
     * @param causationIdKey Stored as $causationId: the key of the identifier of the message that caused this one.
     */
    public record Metadata(
            @DefaultValue("traceId") String correlationIdKey,
            @DefaultValue("correlationId") String causationIdKey) {}
}
