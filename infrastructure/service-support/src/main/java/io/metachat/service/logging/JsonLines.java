package io.metachat.service.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.StackTracePrinter;
import org.springframework.boot.logging.StandardStackTracePrinter;
import org.springframework.boot.logging.structured.JsonWriterStructuredLogFormatter;

/**
 * One JSON object a line: timestamp, level, service, logger, thread, message, the log context (with
 * {@code correlationId} and {@code traceId}) and the key-value pairs of the statement.
 */
public final class JsonLines extends JsonWriterStructuredLogFormatter<ILoggingEvent> {

    private static final int LONGEST_STACK_TRACE = 16_000;

    private static final StackTracePrinter STACK_TRACES = StandardStackTracePrinter.rootLast()
            .withMaximumLength(LONGEST_STACK_TRACE)
            .withFormatter(SafeMessages::describe);

    public JsonLines() {
        super(JsonWriter.of(JsonLines::members).withNewLineAtEnd());
    }

    private static void members(JsonWriter.Members<ILoggingEvent> members) {
        members.add("timestamp", ILoggingEvent::getInstant);
        members.add("level", event -> event.getLevel().toString());
        members.add("service", event -> ServiceName.current());
        members.add("logger", ILoggingEvent::getLoggerName);
        members.add("thread", ILoggingEvent::getThreadName);
        members.add("message", ILoggingEvent::getFormattedMessage);
        members.<Map<String, String>, String, String>addMapEntries(event -> event.getMDCPropertyMap());
        members.<Map<String, String>, String, String>addMapEntries(JsonLines::keyValuePairs);
        members.add("exception", JsonLines::exceptionType).whenNotNull();
        members.add("stackTrace", JsonLines::stackTrace).whenNotNull();
    }

    private static Map<String, String> keyValuePairs(ILoggingEvent event) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                pairs.put(pair.key, String.valueOf(pair.value));
            }
        }
        return pairs;
    }

    private static @Nullable String exceptionType(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? null : thrown.getClassName();
    }

    private static @Nullable String stackTrace(ILoggingEvent event) {
        return event.getThrowableProxy() instanceof ThrowableProxy proxy
                ? STACK_TRACES.printStackTraceToString(proxy.getThrowable())
                : null;
    }
}
