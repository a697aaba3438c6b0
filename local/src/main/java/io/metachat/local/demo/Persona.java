package io.metachat.local.demo;

import java.time.LocalDate;
import java.util.List;

/**
 * A person of the demo.
 *
 * @param username the username without the suffix that makes it unique
 * @param pages the person's entries, oldest first
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
