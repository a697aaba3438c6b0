package io.metachat.local.operator;

import io.metachat.local.home.Endpoint;
import io.metachat.local.home.LocalException;
import io.metachat.local.terminal.Terminal;
import io.metachat.local.terminal.Terminal.Style;
import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "dead-letters",
        description = "List, show, retry and discard events that projections and sagas could not handle.",
        footer = {
            "",
            "OF is a projection, for example entries, or a saga, for example matching-saga.MatchingSaga. A sequence is a person or a"
                    + " match of a projection, or one saga."
        },
        mixinStandardHelpOptions = true)
public final class DeadLettersCommand implements Runnable {

    private static final String ROW = "%-26s %-36s %6s  %-20s %s";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public DeadLettersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command. Try: metachat dead-letters list");
    }

    @Command(
            description = "List the sequences with dead letters, and the number of parked events in each.",
            mixinStandardHelpOptions = true)
    void list(
            @Mixin OperatorOptions options,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "OF",
                            description = "One projection or saga; default all. With --url, all" + " projections.")
                    Optional<String> of) {
        List<String> rows = new ArrayList<>();
        for (Parking parking : of.map(name -> List.of(Parking.of(name))).orElseGet(() -> all(options))) {
            for (JsonNode sequence : parking.client(options).get(parking.path())) {
                JsonNode first = sequence.at("/letters/0");
                rows.add(ROW.formatted(
                        parking.name(),
                        sequence.path("sequence").asString(),
                        sequence.path("letters").size(),
                        first.path("type").asString(),
                        first.path("cause").asString("")));
            }
        }
        if (rows.isEmpty()) {
            terminal.print("There are no dead letters.");
            return;
        }
        terminal.print(terminal.styled(Style.STRONG, ROW.formatted("of", "sequence", "events", "first", "cause")));
        rows.forEach(terminal::print);
    }

    @Command(
            description =
                    "Show the parked events of one sequence, without personal data (for sagas: event types only).",
            mixinStandardHelpOptions = true)
    void show(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "OF") String of,
            @Parameters(paramLabel = "SEQUENCE") String sequence) {
        Parking parking = Parking.of(of);
        for (JsonNode letter : parking.letters(parking.client(options), sequence)) {
            terminal.print(terminal.styled(
                    Style.STRONG,
                    letter.path("type").asString() + " "
                            + letter.path("eventId").asString()));
            line("cause", letter.path("cause").asString("waits for an earlier event"));
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
            description = "Handle the events of a sequence again, in order, until one fails.",
            mixinStandardHelpOptions = true)
    void retry(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "OF") String of,
            @Parameters(paramLabel = "SEQUENCE") String sequence) {
        Parking parking = Parking.of(of);
        OperatorClient client = parking.client(options);
        parking.letters(client, sequence);
        if (!client.post(parking.path(sequence) + "/retry").path("handled").asBoolean()) {
            throw new LocalException("some events failed again; show lists them with their causes");
        }
        terminal.print("All events of " + sequence + " were handled.");
    }

    @Command(
            description = "Discard one event permanently. The events behind it stay parked until a retry.",
            mixinStandardHelpOptions = true)
    int discard(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "OF") String of,
            @Parameters(paramLabel = "SEQUENCE") String sequence,
            @Parameters(paramLabel = "EVENT", description = "The event's id, as printed by show.") String event,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask for confirmation.")
                    boolean sure) {
        Parking parking = Parking.of(of);
        OperatorClient client = parking.client(options);
        if (!sure && !isConfirmed(of)) {
            terminal.print("Nothing was discarded.");
            return ExitCode.SOFTWARE;
        }
        client.delete(parking.path(sequence) + "/" + PathSegment.of(event));
        terminal.print("Discarded. Run retry to handle the events behind it.");
        return 0;
    }

    private static boolean isConfirmed(String of) {
        Console console = System.console();
        if (console == null) {
            throw new LocalException(of + " will never handle the event; confirm with --yes");
        }
        return "yes".equals(console.readLine("%s will never handle the event. Type yes: ", of));
    }

    private void line(String name, String value) {
        terminal.print("  %-18s %s".formatted(name, value));
    }

    private static List<Parking> all(OperatorOptions options) {
        List<Parking> all = new ArrayList<>(names(options.client(), Parking.PROJECTIONS));
        if (!options.isRemote()) {
            all.addAll(names(options.client(Endpoint.MATCHING_SERVICE), Parking.SAGAS));
        }
        return all;
    }

    private static List<Parking> names(OperatorClient client, String path) {
        List<Parking> names = new ArrayList<>();
        client.get(path).forEach(each -> names.add(Parking.of(each.path("name").asString())));
        return names;
    }

    /** The dead-letter queue of a projection or of a saga type. */
    private record Parking(String name, boolean ofSagas) {

        private static final String PROJECTIONS = "/projections";
        private static final String SAGAS = "/sagas";

        /** Only saga names have a dot, between processing group and type. */
        static Parking of(String name) {
            return new Parking(name, name.contains("."));
        }

        OperatorClient client(OperatorOptions options) {
            return options.client(ofSagas ? Endpoint.MATCHING_SERVICE : Endpoint.PROJECTION_SERVICE);
        }

        String path() {
            return (ofSagas ? SAGAS : PROJECTIONS) + "/" + PathSegment.of(name) + "/dead-letters";
        }

        String path(String sequence) {
            return path() + "/" + PathSegment.of(sequence);
        }

        /** @throws LocalException if the sequence has no dead letters */
        JsonNode letters(OperatorClient client, String sequence) {
            if (!ofSagas) {
                return client.get(path(sequence)).path("letters");
            }
            for (JsonNode saga : client.get(path())) {
                if (saga.path("sequence").asString().equals(sequence)) {
                    return saga.path("letters");
                }
            }
            throw new LocalException("This sequence has no dead letters.");
        }
    }
}
