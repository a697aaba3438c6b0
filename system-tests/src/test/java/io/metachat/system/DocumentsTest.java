package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents keep their form: decisions have one template and an index, and links lead somewhere. */
class DocumentsTest {

    private static final Path ROOT = MetaChatSystem.root();
    private static final Path DECISIONS = ROOT.resolve("docs/decisions");
    private static final Pattern TEMPLATE = Pattern.compile(
            "# \\d+\\. .+\\R\\R- Status: (Accepted|Superseded by \\[\\d+]\\().*\\R- Date: 20\\d\\d-\\d\\d-\\d\\d(, updated .*)?\\R"
                    + "\\R## Context\\R.*\\R## Decision\\R.*\\R## Consequences\\R.*",
            Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".venv", "node_modules", ".metachat", "build", ".pytest_cache");

    @Test
    void shouldWriteEachDecisionByTheTemplate() throws IOException {
        for (Path decision : decisions()) {
            assertThat(Files.readString(decision))
                    .as(decision.getFileName().toString())
                    .matches(TEMPLATE);
        }
    }

    @Test
    void shouldListEachDecisionOnceInTheIndex() throws IOException {
        List<String> listed = links(DECISIONS.resolve("README.md"));

        assertThat(listed)
                .containsExactlyElementsOf(decisions().stream()
                        .map(decision -> decision.getFileName().toString())
                        .toList());
    }

    @Test
    void shouldNumberDecisionsOnce() throws IOException {
        assertThat(decisions().stream()
                        .map(decision -> decision.getFileName().toString().substring(0, 4)))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldLinkToFilesThatExist() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            for (String link : links(document)) {
                String file = link.replaceFirst("#.*", "");
                boolean isRelative = !file.isEmpty() && !file.contains("://") && !file.startsWith("mailto:");
                if (isRelative && !Files.exists(document.resolveSibling(file))) {
                    broken.add(ROOT.relativize(document) + " -> " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    private static List<Path> decisions() throws IOException {
        try (Stream<Path> files = Files.list(DECISIONS)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{4}-.*\\.md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        collect(ROOT, found);
        return found;
    }

    private static void collect(Path directory, List<Path> found) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (Files.isDirectory(file) && !Files.isSymbolicLink(file) && !NOT_OURS.contains(name)) {
                    collect(file, found);
                } else if (name.endsWith(".md")) {
                    found.add(file);
                }
            }
        }
    }

    private static List<String> links(Path document) throws IOException {
        return LINK.matcher(Files.readString(document))
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();
    }
}
