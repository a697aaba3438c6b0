package io.metachat.benchmarks.measurement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Contenders that take turns, in another order each round, so a slow minute of the machine affects all of them. A ratio is
 * computed per round; the table has the median.
 */
public final class Rounds {

    private record Contender(String name, Supplier<Duration> serverCpu, Work work, List<Cost> costs) {}

    private final List<Contender> contenders = new ArrayList<>();

    /** Adds a contender. The others are compared with the first one. */
    public void add(String name, Supplier<Duration> serverCpu, Work work) {
        contenders.add(new Contender(name, serverCpu, work, new ArrayList<>()));
    }

    /** @param warmUps rounds that are not counted */
    public void run(int warmUps, int rounds) throws Exception {
        for (int round = -warmUps; round < rounds; round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                Contender contender = contenders.get(Math.floorMod(round + turn, contenders.size()));
                Cost cost = Cost.of(contender.serverCpu(), contender.work());
                if (round >= 0) {
                    contender.costs().add(cost);
                }
            }
        }
    }

    /** @param operation the name of one operation in the plural, for example {@code appends} */
    public void print(String operation) {
        List<Cost> first = contenders.get(0).costs();
        Table table = new Table("", operation + "/s", "lowest", "highest", "ratio", "client CPU us", "server CPU us");
        contenders.forEach(contender -> row(table, contender.name(), contender.costs(), first));
        table.print(System.out);
    }

    private static void row(Table table, String name, List<Cost> measured, List<Cost> first) {
        table.row(
                name,
                number("%,.0f", Cost.median(rates(measured))),
                number("%,.0f", rates(measured).stream().min(Double::compare).orElseThrow()),
                number("%,.0f", rates(measured).stream().max(Double::compare).orElseThrow()),
                number("%.2f", Cost.median(ratios(measured, first))),
                number(
                        "%.1f",
                        Cost.median(measured.stream().map(Cost::clientMicros).toList())),
                number(
                        "%.1f",
                        Cost.median(measured.stream().map(Cost::serverMicros).toList())));
    }

    private static List<Double> rates(List<Cost> measured) {
        return measured.stream().map(Cost::perSecond).toList();
    }

    private static List<Double> ratios(List<Cost> measured, List<Cost> compared) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < measured.size(); round++) {
            ratios.add(measured.get(round).perSecond() / compared.get(round).perSecond());
        }
        return ratios;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
