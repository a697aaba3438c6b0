package io.metachat.service.correlation;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Identifies all work for one request. It is bound to a thread via {@link #open()}, and interceptors, headers and
 * metadata carry it to other threads, processes and messages.
 *
 * @param id the correlation id
 * @param causationId the identifier of the message that is being handled, or null outside of one
 * @param trace the W3C trace
 */
public record Correlation(String id, @Nullable String causationId, TraceParent trace) {

    /** The field of log lines that holds {@link #id()}. */
    public static final String LOG_FIELD = "correlationId";

    /** The field of log lines that holds the trace's id. */
    public static final String TRACE_LOG_FIELD = "traceId";

    private static final String SPAN_LOG_FIELD = "spanId";

    // A client's value ends up in log lines and headers, so it must not break either.
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:@/+=-]{1,128}");

    private static final ThreadLocal<@Nullable Correlation> CURRENT = new ThreadLocal<>();

    /** Returns the correlation of the work that this thread does now. */
    public static Optional<Correlation> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Returns the correlation of the work that this thread does now, or a new, unbound one. */
    public static Correlation currentOrStart() {
        return current().orElseGet(() -> accept(null, null));
    }

    /**
     * Returns the correlation of work that arrives from outside. Replaces an absent or unacceptable id or trace with a
     * new one.
     *
     * @param offeredId the id that the caller sent
     * @param offeredTrace the {@code traceparent} that the caller sent
     */
    public static Correlation accept(@Nullable String offeredId, @Nullable String offeredTrace) {
        String id = offeredId != null && SANE.matcher(offeredId).matches()
                ? offeredId
                : UUID.randomUUID().toString();
        TraceParent trace =
                tracerSpan().or(() -> TraceParent.parse(offeredTrace)).orElseGet(TraceParent::start);
        return new Correlation(id, null, trace);
    }

    /** Returns the same correlation, caused by the message {@code messageId}. */
    public Correlation causedBy(String messageId) {
        return new Correlation(id, messageId, trace);
    }

    /** Binds this correlation to the thread and to its log lines until the scope is closed. */
    public Scope open() {
        return new Scope(this);
    }

    /** Returns {@code task} bound to this correlation, for another thread. */
    public Runnable wrap(Runnable task) {
        return () -> {
            try (Scope scope = open()) {
                task.run();
            }
        };
    }

    // Where a tracer is active it keeps the current span in the log context; its trace is then the only one.
    private static Optional<TraceParent> tracerSpan() {
        String traceId = MDC.get(TRACE_LOG_FIELD);
        String spanId = MDC.get(SPAN_LOG_FIELD);
        return traceId == null || spanId == null
                ? Optional.empty()
                : TraceParent.parse("00-" + traceId + "-" + spanId + "-01");
    }

    /** The time in which a correlation is bound to a thread. Closed by the thread that opened it. */
    public static final class Scope implements AutoCloseable {

        private final @Nullable Correlation before = CURRENT.get();
        private final @Nullable String idBefore = MDC.get(LOG_FIELD);
        private final @Nullable String traceBefore = MDC.get(TRACE_LOG_FIELD);

        private Scope(Correlation correlation) {
            CURRENT.set(correlation);
            MDC.put(LOG_FIELD, correlation.id());
            MDC.put(TRACE_LOG_FIELD, correlation.trace().traceId());
        }

        @Override
        public void close() {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
            restore(LOG_FIELD, idBefore);
            restore(TRACE_LOG_FIELD, traceBefore);
        }

        private static void restore(String field, @Nullable String value) {
            if (value == null) {
                MDC.remove(field);
            } else {
                MDC.put(field, value);
            }
        }
    }
}
