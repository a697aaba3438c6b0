package io.metachat.service.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metachat.service.correlation.Correlation;
import io.metachat.service.error.Problem;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {

    private final JsonMapper json = JsonMapper.shared();
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    record Note(int words) {}

    /** An exception of ours that repeats the message of somebody else's. */
    private static final class Repeating extends RuntimeException {

        Repeating(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @Test
    void shouldBeOneJsonObjectALine() {
        String line;
        try (ServiceName.Scope name = ServiceName.open("diary-service");
                Correlation.Scope scope = Correlation.accept(
                                "order-7", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                        .open()) {
            line = line("He said \"no\"\nand left", null);
        }

        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode object = json.readTree(line);
        assertThat(object.get("timestamp").asString()).endsWith("Z");
        assertThat(object.get("level").asString()).isEqualTo("WARN");
        assertThat(object.get("service").asString()).isEqualTo("diary-service");
        assertThat(object.get("logger").asString()).isEqualTo("some.Logger");
        assertThat(object.get("message").asString()).isEqualTo("He said \"no\"\nand left");
        assertThat(object.get("correlationId").asString()).isEqualTo("order-7");
        assertThat(object.get("traceId").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void shouldNameTheServiceThatStartedAThread() throws Exception {
        assertThat(serviceOnAPoolOf("diary-service")).isEqualTo("diary-service");
        assertThat(serviceOnAPoolOf("user-service")).isEqualTo("user-service");
        assertThat(json.readTree(line("text", null)).get("service").asString()).isEqualTo("metachat");
    }

    @Test
    void shouldTellTheStackButNotWhatAPersonWrote() {
        RuntimeException failure = unreadable("dear diary");

        JsonNode object = json.readTree(line("It failed", failure));

        assertThat(object.get("exception").asString()).isEqualTo(IllegalStateException.class.getName());
        assertThat(object.get("stackTrace").asString())
                .contains(InvalidFormatException.class.getName(), "JsonLinesTest.unreadable")
                .doesNotContain("dear diary");
    }

    static List<Throwable> foreignExceptionsThatQuoteInput() {
        return List.of(
                new IllegalStateException("Parameter [tag] with value [dear diary] has been ignored"),
                new DateTimeParseException("Text 'dear diary' could not be parsed", "dear diary", 0),
                new NumberFormatException("For input string: \"dear diary\""),
                new Repeating("It failed: dear diary", new IllegalStateException("dear diary")),
                new StatusRuntimeException(Status.INVALID_ARGUMENT.withDescription("dear diary")),
                unreadable("dear diary"));
    }

    @ParameterizedTest
    @MethodSource("foreignExceptionsThatQuoteInput")
    void shouldWithholdTheMessageOfAForeignException(Throwable thrown) {
        assertThat(json.readTree(line("It failed", thrown)).get("stackTrace").asString())
                .contains("(message withheld)", "at ")
                .doesNotContain("dear diary");
    }

    @Test
    void shouldTellTheMessageOfOurOwnExceptions() {
        assertThat(json.readTree(line(
                                "It failed",
                                Problem.notFound("entry-not-found", "No.").toException()))
                        .get("stackTrace")
                        .asString())
                .contains("entry-not-found");
    }

    private static RuntimeException unreadable(String text) {
        try {
            JsonMapper.shared().readValue("{\"words\":\"" + text + "\"}", Note.class);
        } catch (RuntimeException unreadable) {
            // Whoever wraps without a message of his own repeats that of the cause.
            return new IllegalStateException(unreadable);
        }
        throw new AssertionError("It was read");
    }

    private String serviceOnAPoolOf(String service) throws Exception {
        try (ServiceName.Scope name = ServiceName.open(service)) {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            try {
                return pool.submit(() ->
                                json.readTree(line("text", null)).get("service").asString())
                        .get();
            } finally {
                pool.shutdown();
            }
        }
    }

    private String line(String message, @Nullable Throwable thrown) {
        Logger logger = context.getLogger("some.Logger");
        return new JsonLines()
                .format(new LoggingEvent(Logger.class.getName(), logger, Level.WARN, message, thrown, null));
    }
}
