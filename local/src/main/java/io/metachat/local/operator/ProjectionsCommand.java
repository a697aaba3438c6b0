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
        description = "See the read models, rebuild them under traffic, let them stand still and go on.",
        mixinStandardHelpOptions = true)
public final class ProjectionsCommand implements Runnable {

    private static final String PATH = "/projections";
    private static final String ROW = "%-15s %7s  %-22s %12s %10s %9s";
    private static final int MILLIS_BETWEEN_LOOKS = 250;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ProjectionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, as in: metachat projections list");
    }

    @Command(
            description = "Each projection with its version, state and lag.",
            footer = {
                "",
                "The lag is how many events the version that is read has not been given yet, and the age of the first of"
                        + " them. A number with a ~ is an estimate."
            },
            mixinStandardHelpOptions = true)
    void list(@Mixin OperatorOptions options) {
        JsonNode projections = options.client().get(PATH);
        terminal.say(terminal.styled(
                Style.STRONG, ROW.formatted("projection", "version", "state", "lag, events", "seconds", "segments")));
        for (JsonNode projection : projections) {
            terminal.say(row(projection));
        }
    }

    @Command(
            description = "Fill a new version of a projection from the first event on, while the present one is read.",
            footer = {"", "It takes over by itself. Ctrl-C ends the watching, not the rebuild."},
            mixinStandardHelpOptions = true)
    int rebuild(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "NAME", description = "The projection, as in entries.") String name,
            @Option(
                            names = {"-d", "--detach"},
                            description = "Do not watch it.")
                    boolean detached)
            throws InterruptedException {
        OperatorClient client = options.client();
        int version =
                client.post(path(name) + "/rebuild").at("/rebuild/version").asInt();
        if (detached) {
            terminal.say(
                    name + " is rebuilt as version " + version + ". ./metachat projections list says how far it is.");
            return 0;
        }
        return watch(client, name, version);
    }

    @Command(description = "Give up a rebuild; the version that is read stays.", mixinStandardHelpOptions = true)
    void cancel(@Mixin OperatorOptions options, @Parameters(paramLabel = "NAME") String name) {
        options.client().delete(path(name) + "/rebuild");
        terminal.say("The rebuild of " + name + " is given up.");
    }

    @Command(description = "Let a projection stand still; what it has is still read.", mixinStandardHelpOptions = true)
    void pause(@Mixin OperatorOptions options, @Parameters(paramLabel = "NAME") String name) {
        options.client().post(path(name) + "/pause");
        terminal.say(name + " stands still.");
    }

    @Command(description = "Let a projection go on.", mixinStandardHelpOptions = true)
    void resume(@Mixin OperatorOptions options, @Parameters(paramLabel = "NAME") String name) {
        options.client().post(path(name) + "/resume");
        terminal.say(name + " goes on.");
    }

    @Command(
            description = "Share the work of a segment among two, of which each can go on by itself.",
            mixinStandardHelpOptions = true)
    void split(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "SEGMENT") int segment) {
        OperatorClient client = options.client();
        client.post(segment(client, name, segment) + "/split");
        terminal.say("Segment %d of %s is split.".formatted(segment, name));
    }

    @Command(description = "Let one segment do the work of two again.", mixinStandardHelpOptions = true)
    void merge(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "SEGMENT") int segment) {
        OperatorClient client = options.client();
        client.post(segment(client, name, segment) + "/merge");
        terminal.say("Segment %d of %s is merged.".formatted(segment, name));
    }

    /** Of the version that is read. */
    private static String segment(OperatorClient client, String name, int segment) {
        JsonNode projection = client.get(path(name));
        for (JsonNode processor : projection.path("processors")) {
            if (processor.path("version").asInt() == projection.path("active").asInt()) {
                return "/processors/" + PathSegment.of(processor.path("group").asString()) + "/segments/" + segment;
            }
        }
        throw new LocalException(name + " stands still");
    }

    private int watch(OperatorClient client, String name, int version) throws InterruptedException {
        Instant begin = Instant.now();
        ProgressBar bar = new ProgressBar(terminal);
        while (true) {
            JsonNode projection = client.get(path(name));
            if (projection.path("active").asInt() >= version) {
                bar.close();
                terminal.say("%s is read in version %d, after %d s."
                        .formatted(
                                name,
                                version,
                                Duration.between(begin, Instant.now()).toSeconds()));
                return 0;
            }
            if (!projection.has("rebuild")) {
                bar.close();
                throw new LocalException("the rebuild of " + name + " was given up");
            }
            bar.show(name + " v" + version, step(projection), Instant.now());
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    private static Step step(JsonNode projection) {
        JsonNode rebuild = projection.path("rebuild");
        if (projection.path("paused").asBoolean()) {
            return new Step(rebuild.path("done").asDouble(0), "stands still: paused", Optional.empty());
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
