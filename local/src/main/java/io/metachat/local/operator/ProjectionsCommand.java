package io.metachat.local.operator;

import io.metachat.local.home.LocalException;
import io.metachat.local.terminal.ProgressBar;
import io.metachat.local.terminal.ProgressBar.Step;
import io.metachat.local.terminal.Terminal;
import io.metachat.local.terminal.Terminal.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "projections",
        description = "List the read models, rebuild them under traffic, pause and resume them.",
        mixinStandardHelpOptions = true)
public final class ProjectionsCommand implements Runnable {

    private static final String PATH = "/projections";
    private static final String ROW = "%-15s %7s  %-22s %12s %10s %9s";
    private static final int POLL_MILLIS = 250;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ProjectionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command. Try: metachat projections list");
    }

    @Command(
            description = "List each projection with its version, state and lag.",
            footer = {
                "",
                "The lag is the number of events that the active version has not handled yet, and the age of the first of"
                        + " them. A number with a ~ is an estimate."
            },
            mixinStandardHelpOptions = true)
    void list(@Mixin OperatorOptions options) {
        JsonNode projections = options.client().get(PATH);
        terminal.print(terminal.styled(
                Style.STRONG, ROW.formatted("projection", "version", "state", "lag, events", "seconds", "segments")));
        for (JsonNode projection : projections) {
            terminal.print(row(projection));
        }
    }

    @Command(
            description =
                    "Fill a new version of a projection from the first event, while queries use the active version.",
            footer = {
                "",
                "The new version becomes active when it has caught up. Ctrl-C stops watching, not the rebuild."
            },
            mixinStandardHelpOptions = true)
    int rebuild(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "NAME", description = "The projection, for example entries.") String name,
            @Option(
                            names = {"-d", "--detach"},
                            description = "Return immediately.")
                    boolean detached)
            throws InterruptedException {
        OperatorClient client = options.client();
        int version =
                client.post(path(name) + "/rebuild").at("/rebuild/version").asInt();
        if (detached) {
            terminal.print("Rebuilding " + name + " as version " + version
                    + ". ./metachat projections list shows the progress.");
            return 0;
        }
        return watch(client, name, version);
    }

    @Command(description = "Cancel a rebuild; the active version stays.", mixinStandardHelpOptions = true)
    void cancel(@Mixin OperatorOptions options, @Parameters(paramLabel = "NAME") String name) {
        options.client().delete(path(name) + "/rebuild");
        terminal.print("The rebuild of " + name + " is cancelled.");
    }

    @Command(description = "Pause a projection; its current data stays readable.", mixinStandardHelpOptions = true)
    void pause(@Mixin OperatorOptions options, @Parameters(paramLabel = "NAME") String name) {
        options.client().post(path(name) + "/pause");
        terminal.print(name + " is paused.");
    }

    @Command(description = "Resume a paused projection.", mixinStandardHelpOptions = true)
    void resume(@Mixin OperatorOptions options, @Parameters(paramLabel = "NAME") String name) {
        options.client().post(path(name) + "/resume");
        terminal.print(name + " is resumed.");
    }

    @Command(description = "Split a segment into two that can run in parallel.", mixinStandardHelpOptions = true)
    void split(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "SEGMENT") int segment) {
        OperatorClient client = options.client();
        client.post(segment(client, name, segment) + "/split");
        terminal.print("Segment %d of %s is split.".formatted(segment, name));
    }

    @Command(description = "Merge a segment with its sibling.", mixinStandardHelpOptions = true)
    void merge(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "SEGMENT") int segment) {
        OperatorClient client = options.client();
        client.post(segment(client, name, segment) + "/merge");
        terminal.print("Segment %d of %s is merged.".formatted(segment, name));
    }

    /** Returns the path of a segment of the active version. */
    private static String segment(OperatorClient client, String name, int segment) {
        JsonNode projection = client.get(path(name));
        for (JsonNode processor : projection.path("processors")) {
            if (processor.path("version").asInt() == projection.path("active").asInt()) {
                return "/processors/" + PathSegment.of(processor.path("group").asString()) + "/segments/" + segment;
            }
        }
        throw new LocalException(name + " is paused");
    }

    private int watch(OperatorClient client, String name, int version) throws InterruptedException {
        Instant begin = Instant.now();
        ProgressBar bar = new ProgressBar(terminal);
        while (true) {
            JsonNode projection = client.get(path(name));
            if (projection.path("active").asInt() >= version) {
                bar.close();
                terminal.print("%s: version %d is active after %d s."
                        .formatted(
                                name,
                                version,
                                Duration.between(begin, Instant.now()).toSeconds()));
                return 0;
            }
            if (!projection.has("rebuild")) {
                bar.close();
                throw new LocalException("the rebuild of " + name + " was cancelled");
            }
            bar.show(name + " v" + version, step(projection), Instant.now());
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static Step step(JsonNode projection) {
        JsonNode rebuild = projection.path("rebuild");
        if (projection.path("paused").asBoolean()) {
            return new Step(rebuild.path("done").asDouble(0), "paused", Optional.empty());
        }
        String rate = rebuild.has("positionsPerSecond")
                ? "%.2f MB/s of the log, "
                        .formatted(rebuild.path("positionsPerSecond").asDouble() / 1_000_000)
                : "";
        Optional<Duration> left = rebuild.has("secondsLeft")
                ? Optional.of(Duration.ofSeconds(rebuild.path("secondsLeft").asLong()))
                : Optional.empty();
        return new Step(rebuild.path("done").asDouble(0), rate + events(rebuild.path("lag")) + " events to go", left);
    }

    private String row(JsonNode projection) {
        JsonNode lag = projection.path("lag");
        List<String> segments = new ArrayList<>();
        boolean failing = false;
        for (JsonNode processor : projection.path("processors")) {
            boolean active = processor.path("version").asInt()
                    == projection.path("active").asInt();
            for (JsonNode segment : processor.path("segments")) {
                if (active) {
                    segments.add(segment.path("segment").asString());
                }
                failing |= segment.has("error");
            }
        }
        String row = ROW.formatted(
                projection.path("name").asString(),
                "v" + projection.path("active").asInt(),
                state(projection, failing),
                events(lag),
                lag.path("seconds").asLong(),
                String.join(",", segments));
        return failing ? terminal.styled(Style.BAD, row) : row;
    }

    private static String state(JsonNode projection, boolean failing) {
        if (projection.path("paused").asBoolean()) {
            return "paused";
        }
        if (projection.has("rebuild")) {
            JsonNode rebuild = projection.path("rebuild");
            return "rebuilding v%d, %.0f %%"
                    .formatted(
                            rebuild.path("version").asInt(),
                            100 * rebuild.path("done").asDouble(0));
        }
        return failing ? "failing" : "running";
    }

    private static String events(JsonNode lag) {
        return (lag.path("estimated").asBoolean() ? "~" : "")
                + "%,d".formatted(lag.path("events").asLong());
    }

    private static String path(String name) {
        return PATH + "/" + PathSegment.of(name);
    }
}
