package io.metachat.local.demo;

import java.time.LocalDate;
import java.util.List;

/**
 * Somebody of the demo, as the one who wrote it imagines them.
 *
 * @param username without the suffix that makes it unique
 * @param pages what they write, oldest first
 */
record Persona(String username, String displayName, LocalDate dateOfBirth, List<Page> pages) {

    Persona {
        pages = List.copyOf(pages);
    }

    /** One entry. */
    record Page(String title, String text, List<String> tags) {

        Page {
            tags = List.copyOf(tags);
        }
    }
}
