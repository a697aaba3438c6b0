package io.metachat.local.demo;

import io.metachat.local.home.LocalException;
import io.metachat.local.terminal.Terminal;
import io.metachat.local.terminal.Terminal.Style;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The demo: a few people register, write entries, see their moods and are introduced to each other. All numbers come
 * from the public API.
 */
public final class Demo {

    private static final Polling ANALYSIS = new Polling(Duration.ofSeconds(120));
    private static final int TOPICS_NAMED = 5;
    private static final Polling MATCHING = new Polling(Duration.ofSeconds(120));

    private final Terminal terminal;
    private final HttpClient client;
    private final URI base;

    /** @param base the API's base URL, for example {@code http://127.0.0.1:8080/api/v1} */
    public Demo(Terminal terminal, HttpClient client, URI base) {
        this.terminal = terminal;
        this.client = client;
        this.base = base;
    }

    /** @throws LocalException if the API refuses a request, or an expected result does not appear in time */
    public void run() {
        Map<Diarist, List<String>> diaries = register();
        try {
            write(diaries);
            showMoods(diaries);
            introduce(List.copyOf(diaries.keySet()));
        } finally {
            // Otherwise the next run's people would get proposals to these, who never return.
            diaries.keySet().forEach(person -> person.wantToBeIntroduced(false));
        }
    }

    private Map<Diarist, List<String>> register() {
        heading("Four people register");
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        Map<Diarist, List<String>> diaries = new LinkedHashMap<>();
        for (Persona persona : Cast.all()) {
            String password = UUID.randomUUID().toString();
            Diarist person = Diarist.register(new Api(client, base), persona, suffix, password);
            diaries.put(person, new ArrayList<>());
            terminal.print("  %-6s %s".formatted(person.name(), faint("user " + person.userId())));
        }
        return diaries;
    }

    private void write(Map<Diarist, List<String>> diaries) {
        heading("They write");
        diaries.forEach((person, entries) -> {
            entries.addAll(person.writeEntries());
            int words = entries.stream()
                    .mapToInt(id -> person.entry(id).get("wordCount").asInt())
                    .sum();
            terminal.print("  %-6s %d entries, %d words".formatted(person.name(), entries.size(), words));
        });
    }

    private void showMoods(Map<Diarist, List<String>> diaries) {
        heading("Each entry is analysed");
        diaries.forEach((person, entries) -> {
            terminal.print("  " + terminal.styled(Style.STRONG, person.name()));
            for (String id : entries) {
                JsonNode mood = ANALYSIS.await("the analysis of an entry of " + person.name(), () -> person.mood(id));
                JsonNode entry = person.entry(id);
                terminal.print("    %-26s %s  %s"
                        .formatted(entry.get("title").asString(), MoodChart.line(mood), faint(delay(entry, mood))));
            }
            JsonNode portrait =
                    ANALYSIS.await("the portrait of " + person.name(), () -> person.portraitOf(entries.size()));
            terminal.print("    %-26s %s".formatted("all together", MoodChart.line(portrait)));
            terminal.print("    %-26s stability %.2f, writes about %s"
                    .formatted("", portrait.get("stability").asDouble(), topics(portrait)));
        });
    }

    private void introduce(List<Diarist> people) {
        people.forEach(person -> person.wantToBeIntroduced(true));
        Diarist searcher = people.get(0);
        heading("Everyone opts in to introductions; " + searcher.name() + "'s best candidates");
        Map<String, Diarist> byId = new LinkedHashMap<>();
        people.forEach(person -> byId.put(person.userId(), person));
        List<JsonNode> candidates = MATCHING.await(
                "the candidates of " + searcher.name(),
                () -> Optional.of(searcher.candidates())
                        .filter(found -> found.stream()
                                .map(candidate -> candidate.get("userId").asString())
                                .anyMatch(byId::containsKey)));
        candidates.stream().limit(people.size()).forEach(candidate -> {
            terminal.print("  %-16s %s %.2f  %s"
                    .formatted(
                            nameOf(candidate),
                            MoodChart.bar(candidate.get("score").asDouble()),
                            candidate.get("score").asDouble(),
                            parts(candidate.get("parts"))));
            terminal.print(
                    "  " + " ".repeat(17) + faint(candidate.get("explanation").asString()));
        });
        search(searcher, byId);
    }

    private void search(Diarist searcher, Map<String, Diarist> people) {
        heading(searcher.name() + " searches");
        searcher.startSearch();
        JsonNode proposal = proposalToOneOf(people, searcher);
        String matchId = proposal.get("id").asString();
        Diarist other = Objects.requireNonNull(people.get(otherSide(proposal, searcher)));
        terminal.print("  The search proposes " + other.name() + ", who sees it and accepts.");
        MATCHING.await(
                "the proposal at " + other.name(),
                () -> other.matches().stream()
                        .filter(match -> match.get("id").asString().equals(matchId))
                        .findFirst());
        other.accept(matchId);
        if (!isAcceptedBy(searcher.match(matchId), searcher)) {
            searcher.accept(matchId);
        }
        JsonNode match = MATCHING.await(
                "the established match",
                () -> Optional.of(searcher.match(matchId))
                        .filter(seen -> seen.get("state").asString().equals("established")));
        JsonNode search = MATCHING.await(
                "the end of the search",
                () -> Optional.of(searcher.search())
                        .filter(seen -> seen.path("endedAt").isString()));
        terminal.print("  " + terminal.styled(Style.GOOD, "Established: " + searcher.name() + " and " + other.name())
                + ", score %.2f".formatted(match.get("score").asDouble()) + " (" + parts(match.get("parts")) + ")");
        terminal.print("  In common: " + texts(match.get("commonTopics")) + ". The search is "
                + search.get("state").asString() + " after "
                + search.get("tried").size() + " proposal(s).");
    }

    /**
     * Returns a proposal between two people of the demo, and withdraws all others, because nobody would answer them.
     */
    private JsonNode proposalToOneOf(Map<String, Diarist> people, Diarist searcher) {
        while (true) {
            JsonNode proposal = MATCHING.await("a proposal to " + searcher.name(), () -> openProposal(searcher));
            if (people.containsKey(otherSide(proposal, searcher))) {
                return proposal;
            }
            terminal.print(
                    "  The search proposes a stranger to this demo; " + searcher.name() + " withdraws the proposal.");
            searcher.cancel(proposal.get("id").asString());
        }
    }

    private static Optional<JsonNode> openProposal(Diarist searcher) {
        return searcher.matches().stream()
                .filter(match -> match.get("state").asString().equals("proposed"))
                .findFirst();
    }

    private static String otherSide(JsonNode match, Diarist searcher) {
        return StreamSupport.stream(match.get("users").spliterator(), false)
                .map(JsonNode::asString)
                .filter(user -> !user.equals(searcher.userId()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isAcceptedBy(JsonNode match, Diarist person) {
        return StreamSupport.stream(match.get("acceptedBy").spliterator(), false)
                .anyMatch(user -> user.asString().equals(person.userId()));
    }

    private static String nameOf(JsonNode candidate) {
        return candidate.path("displayName").asString(candidate.get("username").asString());
    }

    private static String parts(JsonNode parts) {
        return "mood %.2f, topics %.2f, stability %.2f, freshness %.2f"
                .formatted(
                        parts.get("mood").asDouble(),
                        parts.get("topics").asDouble(),
                        parts.get("stability").asDouble(),
                        parts.get("freshness").asDouble());
    }

    /** Joins the strongest topics, which come first. */
    private static String topics(JsonNode portrait) {
        return StreamSupport.stream(portrait.get("topics").spliterator(), false)
                .limit(TOPICS_NAMED)
                .map(topic -> topic.get("name").asString())
                .collect(Collectors.joining(", "));
    }

    private static String texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString()));
        return texts.isEmpty() ? "nothing" : String.join(", ", texts);
    }

    /** Returns the time from write to analysis, by the system's own timestamps. */
    private static String delay(JsonNode entry, JsonNode mood) {
        Instant written = Instant.parse(entry.get("writtenAt").asString());
        Instant analysed = Instant.parse(mood.get("analysedAt").asString());
        return "after %.1f s".formatted(Duration.between(written, analysed).toMillis() / 1_000.0);
    }

    private void heading(String text) {
        terminal.print("");
        terminal.print(terminal.styled(Style.STRONG, text));
    }

    private String faint(String text) {
        return terminal.styled(Style.FAINT, text);
    }
}
