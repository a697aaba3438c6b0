package io.metachat.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A signed-in person of the demo, with that person's calls of the API. */
final class Diarist {

    private final Api api;
    private final Persona persona;
    private final String userId;

    private Diarist(Api api, Persona persona, String userId) {
        this.api = api;
        this.persona = persona;
        this.userId = userId;
    }

    /** Registers a person. The suffix makes the username unique, so that every run has its own people. */
    static Diarist register(Api api, Persona persona, String suffix, String password) {
        String username = persona.username() + "_" + suffix;
        JsonNode tokens = api.post(
                "/auth/register",
                Map.of(
                        "username",
                        username,
                        "email",
                        username + "@example.org",
                        "password",
                        password,
                        "displayName",
                        persona.displayName(),
                        "dateOfBirth",
                        persona.dateOfBirth().toString()));
        api.signIn(tokens.get("accessToken").asString());
        return new Diarist(api, persona, tokens.get("userId").asString());
    }

    String userId() {
        return userId;
    }

    String name() {
        return persona.displayName();
    }

    /** Writes all entries of the persona and returns their ids. */
    List<String> writeEntries() {
        List<String> ids = new ArrayList<>();
        for (Persona.Page page : persona.pages()) {
            JsonNode entry =
                    api.post("/diary/entries", Map.of("title", page.title(), "text", page.text(), "tags", page.tags()));
            ids.add(entry.get("id").asString());
        }
        return ids;
    }

    JsonNode entry(String id) {
        return api.get("/diary/entries/" + id);
    }

    /** Returns the mood of an entry, or empty while the entry is not analysed. */
    Optional<JsonNode> mood(String entryId) {
        return Optional.of(api.get("/mood/entries/" + entryId))
                .filter(mood -> !mood.get("status").asString().equals("pending"));
    }

    /** Returns the portrait, or empty while it covers fewer entries. */
    Optional<JsonNode> portraitOf(int entries) {
        return Optional.of(api.get("/mood/portrait"))
                .filter(portrait -> portrait.get("entriesAnalysed").asInt() >= entries);
    }

    void wantToBeIntroduced(boolean wanted) {
        api.put("/matching/preferences", Map.of("enabled", wanted));
    }

    List<JsonNode> candidates() {
        return items(api.get("/matching/candidates"));
    }

    void startSearch() {
        api.post("/matching/search", Map.of());
    }

    JsonNode search() {
        return api.get("/matching/search");
    }

    List<JsonNode> matches() {
        return items(api.get("/matches"));
    }

    JsonNode match(String id) {
        return api.get("/matches/" + id);
    }

    void accept(String matchId) {
        api.post("/matches/" + matchId + "/accept", Map.of());
    }

    void cancel(String matchId) {
        api.post("/matches/" + matchId + "/cancel", Map.of());
    }

    private static List<JsonNode> items(JsonNode page) {
        List<JsonNode> items = new ArrayList<>();
        page.get("items").forEach(items::add);
        return items;
    }
}
