package io.metachat.domain.axon;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.registry.DomainEvents;
import io.metachat.domain.search.MatchSearchStarted;
import org.junit.jupiter.api.Test;

class DomainDeadLetterTypesTest {

    private final DomainDeadLetterTypes types = new DomainDeadLetterTypes();

    @Test
    void shouldStoreEachEventUnderItsLogicalNameAndReadItBack() {
        assertThat(DomainEvents.ALL).isNotEmpty().allSatisfy(type -> {
            assertThat(types.toStored(type.payload().getName())).isEqualTo(type.name());
            assertThat(types.fromStored(type.name())).isEqualTo(type.payload().getName());
        });
    }

    @Test
    void shouldReadTheClassNamesOfFormerPackages() {
        assertThat(types.fromStored("io.metachat.domain.diary.EntryWritten")).isEqualTo(EntryWritten.class.getName());
        assertThat(types.fromStored("io.metachat.domain.match.MatchSearchStarted"))
                .isEqualTo(MatchSearchStarted.class.getName());
        assertThat(types.fromStored(EntryWritten.class.getName())).isEqualTo(EntryWritten.class.getName());
    }

    @Test
    void shouldLeaveOtherNamesAsTheyAre() {
        assertThat(types.toStored("java.lang.String")).isEqualTo("java.lang.String");
        assertThat(types.fromStored("java.lang.String")).isEqualTo("java.lang.String");
        assertThat(types.fromStored("com.example.EntryWritten")).isEqualTo("com.example.EntryWritten");
        assertThat(types.fromStored("io.metachat.domain.Unknown")).isEqualTo("io.metachat.domain.Unknown");
    }
}
