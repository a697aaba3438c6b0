package io.metachat.local.operator;

import io.metachat.local.home.Endpoint;
import io.metachat.local.home.LocalException;
import io.metachat.local.terminal.ProgressBar;
import io.metachat.local.terminal.ProgressBar.Step;
import io.metachat.local.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

@Command(
        name = "reanalyse",
        description = "Analyse entries again with the current model of the mood-service.",
        footer = {
            "",
            "Analyses by the current model stay as they are. Ctrl-C stops watching, not the run;"
                    + " --cancel stops the run."
        },
        mixinStandardHelpOptions = true)
public final class ReanalyseCommand implements Callable<Integer> {

    private static final String PATH = "/reanalysis";
    private static final int MILLIS_BETWEEN_LOOKS = 250;

    private final Terminal terminal;

    @Mixin
    private OperatorOptions options = new OperatorOptions();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Since.class,
            description =
                    "Start with entries written or edited at this time, for example 2026-11-01 (UTC) or 2026-11-01T08:30:00Z.")
    private Optional<Instant> since = Optional.empty();

    @Option(names = "--cancel", description = "Cancel the current run.")
    private boolean cancelling;

    @Option(
            names = {"-d", "--detach"},
            description = "Return immediately.")
    private boolean detached;

    public ReanalyseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (cancelling) {
            options.client(Endpoint.DIARY_SERVICE).delete(PATH);
            terminal.print("The reanalysis is cancelled. Entries already sent will still be analysed.");
            return 0;
        }
        Instant from = since.orElseThrow(() -> new LocalException("missing start. Try: --since 2026-11-01"));
        OperatorClient client = options.client(Endpoint.DIARY_SERVICE);
        client.post(PATH + "?since=" + from);
        if (detached) {
            terminal.print("The reanalysis has started.");
            return 0;
        }
        return watch(client);
    }

    private int watch(OperatorClient client) throws InterruptedException {
        ProgressBar bar = new ProgressBar(terminal);
        while (true) {
            JsonNode run = client.get(PATH);
            String state = run.path("state").asString();
            if (!state.equals("RUNNING")) {
                bar.close();
                return told(run, state);
            }
            bar.show("reanalysis", step(run), Instant.now());
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    private int told(JsonNode run, String state) {
        long published = run.path("published").asLong();
        return switch (state) {
            case "DONE" -> {
                terminal.print("%,d entries were sent to the mood-service.".formatted(published));
                yield 0;
            }
            case "CANCELLED" ->
                throw new LocalException("the reanalysis was cancelled after %,d entries; it is safe to start again"
                        .formatted(published));
            default ->
                throw new LocalException(
                        "the reanalysis failed after %,d entries; ./metachat logs shows the cause, and it is"
                                        .formatted(published)
                                + " safe to start again");
        };
    }

    private static Step step(JsonNode run) {
        if (!run.has("entries")) {
            return new Step(0, "reading the event store", Optional.empty());
        }
        long entries = run.path("entries").asLong();
        long published = run.path("published").asLong();
        double done = entries == 0 ? 1 : (double) published / entries;
        return new Step(done, "%,d of %,d entries".formatted(published, entries), left(run, done));
    }

    private static Optional<Duration> left(JsonNode run, double done) {
        Duration spent = Duration.between(Instant.parse(run.path("startedAt").asString()), Instant.now());
        return done == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (spent.toMillis() * (1 - done) / done)));
    }

    /** Converts a time, or a day (its start in UTC). */
    static final class Since implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String given) {
            try {
                return given.contains("T")
                        ? Instant.parse(given)
                        : LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'%s' is not a time; examples: 2026-11-01, 2026-11-01T08:30:00Z".formatted(given));
            }
        }
    }
}
