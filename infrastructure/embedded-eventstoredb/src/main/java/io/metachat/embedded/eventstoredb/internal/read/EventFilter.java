package io.metachat.embedded.eventstoredb.internal.read;

import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A filter for the whole log, by stream name or event type. */
public final class EventFilter {

    public static final EventFilter EVERYTHING = new EventFilter(event -> true);

    private final Predicate<StoredEvent> test;

    private EventFilter(Predicate<StoredEvent> test) {
        this.test = test;
    }

    /**
     * Creates a filter with a regular expression that must match somewhere, or with prefixes.
     *
     * @throws IllegalArgumentException if the expression is invalid, or neither is given
     */
    public static EventFilter by(Subject subject, String regex, List<String> prefixes) {
        if (!regex.isEmpty()) {
            Pattern pattern = compile(regex);
            return new EventFilter(
                    event -> pattern.matcher(subject.of.apply(event)).find());
        }
        if (prefixes.isEmpty()) {
            throw new IllegalArgumentException("a filter needs a regular expression or prefixes");
        }
        return new EventFilter(event -> prefixes.stream().anyMatch(subject.of.apply(event)::startsWith));
    }

    public boolean passes(StoredEvent event) {
        return test.test(event);
    }

    private static Pattern compile(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException notAnExpression) {
            throw new IllegalArgumentException("the filter's regular expression is invalid", notAnExpression);
        }
    }

    /** The property of an event that a filter matches. */
    public enum Subject {
        STREAM(StoredEvent::stream),
        TYPE(StoredEvent::type);

        private final Function<StoredEvent, String> of;

        Subject(Function<StoredEvent, String> of) {
            this.of = of;
        }
    }
}
