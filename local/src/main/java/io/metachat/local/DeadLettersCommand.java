package io.metachat.local;

import io.metachat.local.Terminal.Style;
import io.metachat.local.operator.OperatorClient;
import io.metachat.local.system.LocalException;
import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "dead-letters",
        description = "Events that projections could not handle, and what to do with them.",
        mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Runnable {

    private static final String ROW = "%-15s %-36s %6s  %-20s %s";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    DeadLettersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, as in: metachat dead-letters list");
    }

    @Command(
            description = "The sequences that stand still: a person or a match, and how many events of it are parked.",
            mixinStandardHelpOptions = true)
    void list(
            @Mixin OperatorOptions options,
            @Parameters(arity = "0..1", paramLabel = "PROJECTION", description = "One projection; all without it.")
                    Optional<String> projection) {
        OperatorClient client = options.client();
        List<String> rows = new ArrayList<>();
        for (String name : projection.map(List::of).orElseGet(() -> names(client))) {
            for (JsonNode sequence : client.get(path(name))) {
                JsonNode first = sequence.at("/letters/0");
                rows.add(ROW.formatted(
                        name,
                        sequence.path("sequence").asString(),
                        sequence.path("letters").size(),
                        first.path("type").asString(),
                        first.path("cause").asString("")));
            }
        }
        if (rows.isEmpty()) {
            terminal.say("There are no dead letters.");
            return;
        }
        terminal.say(
                terminal.styled(Style.STRONG, ROW.formatted("projection", "sequence", "events", "first", "cause")));
        rows.forEach(terminal::say);
    }

    @Command(
            description = "The parked events of one sequence, without what people wrote.",
            mixinStandardHelpOptions = true)
    void show(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "PROJECTION") String projection,
            @Parameters(paramLabel = "SEQUENCE") String sequence) {
        JsonNode shown = options.client().get(path(projection) + "/" + PathSegment.of(sequence));
        for (JsonNode letter : shown.path("letters")) {
            terminal.say(terminal.styled(
                    Style.STRONG,
                    letter.path("type").asString() + " "
                            + letter.path("eventId").asString()));
            line("cause", letter.path("cause").asString("follows one that failed"));
            line("position", letter.path("position").asString(""));
            line("parked", letter.path("parkedAt").asString());
            line("tried", letter.path("triedAt").asString());
            letter.path("event")
                    .properties()
                    .forEach(component -> line(
                            "event." + component.getKey(),
                            component.getValue().isContainer()
                                    ? component.getValue().toString()
                                    : component.getValue().asString()));
        }
    }

    @Command(
            description = "Handle the events of a sequence again, in their order, until one fails again.",
            mixinStandardHelpOptions = true)
    void retry(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "PROJECTION") String projection,
            @Parameters(paramLabel = "SEQUENCE") String sequence) {
        OperatorClient client = options.client();
        String path = path(projection) + "/" + PathSegment.of(sequence);
        client.get(path);
        if (!client.post(path + "/retry").path("handled").asBoolean()) {
            throw new LocalException("not all of it could be handled; show says what is left and why");
        }
        terminal.say("All events of " + sequence + " are handled.");
    }

    @Command(
            description = "Give up one event for good; what follows it stays parked until it is retried.",
            mixinStandardHelpOptions = true)
    int discard(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "PROJECTION") String projection,
            @Parameters(paramLabel = "SEQUENCE") String sequence,
            @Parameters(paramLabel = "EVENT", description = "The event's id, as show says it.") String event,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean sure) {
        OperatorClient client = options.client();
        if (!sure && !isConfirmed(projection)) {
            terminal.say("Nothing was discarded.");
            return MetachatCommand.FAILED;
        }
        client.delete(path(projection) + "/" + PathSegment.of(sequence) + "/" + PathSegment.of(event));
        terminal.say("Discarded. retry handles what followed it.");
        return 0;
    }

    private static boolean isConfirmed(String projection) {
        Console console = System.console();
        if (console == null) {
            throw new LocalException(projection + " will never show what the event says; say --yes if that is meant");
        }
        return "yes".equals(console.readLine("%s will never show what the event says. Type yes: ", projection));
    }

    private void line(String name, String value) {
        terminal.say("  %-18s %s".formatted(name, value));
    }

    private static List<String> names(OperatorClient client) {
        List<String> names = new ArrayList<>();
        client.get("/projections")
                .forEach(projection -> names.add(projection.path("name").asString()));
        return names;
    }

    private static String path(String projection) {
        return "/projections/" + PathSegment.of(projection) + "/dead-letters";
    }
}
