package io.metachat.axon.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamNamesTest {

    @ParameterizedTest
    @CsvSource({
        "'', user-1, true",
        "'', event-shop, true",
        "'', my-snapshot-1, true",
        "'', snapshot-user-1, false",
        "'', timeindex-all, false",
        "'', $ce-user, false",
        "'', $$user-1, false",
        "a.b-, a.b-user-1, true",
        "a.b-, axb-user-1, false",
        "a.b-, xa.b-user-1, false",
        "a.b-, a.b-snapshot-user-1, false",
        "a.b-, a.b-, false",
        "a.b-, user-1, false"
    })
    void shouldFilterLikeTheServersPattern(String prefix, String stream, boolean consumed) {
        StreamNames names = new StreamNames(prefix, "shop");
        assertThat(names.isConsumed(stream)).isEqualTo(consumed);
        assertThat(Pattern.compile(names.consumedPattern()).matcher(stream).find())
                .isEqualTo(consumed);
    }

    @ParameterizedTest
    @CsvSource({"user-1", "username-anna", "email-0a1b"})
    void shouldNameStreamsByAggregateAndBack(String identifier) {
        StreamNames names = new StreamNames("a-", "shop");
        assertThat(names.aggregateOf(names.aggregate(identifier))).contains(identifier);
        assertThat(names.aggregateOf(names.snapshot(identifier))).isEmpty();
        assertThat(names.aggregateOf(names.withoutAggregate())).isEmpty();
        assertThat(names.aggregateOf(identifier)).isEmpty();
    }
}
