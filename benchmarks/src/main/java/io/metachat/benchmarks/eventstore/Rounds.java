package io.metachat.benchmarks.eventstore;

import io.metachat.benchmarks.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Contenders that take turns, each round in another order, so that a slow minute of the machine is everybody's. A ratio
 * is that of one round; the table has the middle one.
 */
final class Rounds {

    private record Contender(Supplier<Duration> serverCpu, Cost.Work work) {}

    private final Map<String, Contender> contenders = new LinkedHashMap<>();
    private final Map<String, List<Cost>> costs = new LinkedHashMap<>();

    /** The first one that is added is what the others are compared with. */
    void add(String name, Supplier<Duration> serverCpu, Cost.Work work) {
        contenders.put(name, new Contender(serverCpu, work));
        costs.put(name, new ArrayList<>());
    }

    /** @param warmUps rounds that do not count */
    void run(int warmUps, int rounds) throws Exception {
        List<String> names = new ArrayList<>(contenders.keySet());
        for (int round = -warmUps; round < rounds; round++) {
            for (int turn = 0; turn < names.size(); turn++) {
                String name = names.get(Math.floorMod(round + turn, names.size()));
                Contender contender = contenders.get(name);
                Cost cost = Cost.of(contender.serverCpu(), contender.work());
                if (round >= 0) {
                    costs.get(name).add(cost);
                }
            }
        }
    }

    /** @param operation what is counted, for example {@code appends} */
    void print(String operation) {
        String first = contenders.keySet().iterator().next();
        Table table = new Table("", operation + "/s", "lowest", "highest", "ratio", "client CPU us", "server CPU us");
        costs.forEach((name, measured) -> table.row(
                name,
                number("%,.0f", Cost.median(rates(measured))),
                number("%,.0f", rates(measured).stream().min(Double::compare).orElseThrow()),
                number("%,.0f", rates(measured).stream().max(Double::compare).orElseThrow()),
                number("%.2f", Cost.median(ratios(measured, costs.get(first)))),
                number(
                        "%.1f",
                        Cost.median(measured.stream().map(Cost::clientMicros).toList())),
                number(
                        "%.1f",
                        Cost.median(measured.stream().map(Cost::serverMicros).toList()))));
        table.print(System.out);
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
