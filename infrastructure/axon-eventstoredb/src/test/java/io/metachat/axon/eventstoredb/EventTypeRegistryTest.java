package io.metachat.axon.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeRegistryTest {

    @Test
    void shouldFindTypesAndClasses() {
        EventTypeRegistry registry = EventTypeRegistry.builder()
                .register("shop.OrderPlaced", 3, String.class)
                .build();
        assertThat(registry.typeOf(String.class)).contains(new EventType("shop.OrderPlaced", 3));
        assertThat(registry.classOf("shop.OrderPlaced")).contains(String.class);
        assertThat(registry.currentRevision("shop.OrderPlaced")).hasValue(3);
        assertThat(registry.typeOf(Integer.class)).isEmpty();
        assertThat(registry.classOf("shop.OrderLost")).isEmpty();
        assertThat(registry.currentRevision("shop.OrderLost")).isEmpty();
    }

    @Test
    void shouldRefuseTwoNamesForAClassAndTwoClassesForAName() {
        EventTypeRegistry.Builder builder = EventTypeRegistry.builder().register("a.B", 1, String.class);
        assertThatThrownBy(() -> builder.register("a.C", 1, String.class)).hasMessageContaining("a.B.v1");
        assertThatThrownBy(() -> builder.register("a.B", 2, Integer.class)).hasMessageContaining("java.lang.String");
    }

    @Test
    void shouldReadStoredTypes() {
        EventType type = new EventType("shop.order.OrderPlaced", 12);
        assertThat(type.stored()).isEqualTo("shop.order.OrderPlaced.v12");
        assertThat(EventType.parse(type.stored())).contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$metadata", "OrderPlaced", "a.v0", "a.v01", "a.v", ".v1", "a.v9999999999", "with space.v1"})
    void shouldNotParseTypesOfOtherApplications(String stored) {
        assertThat(EventType.parse(stored)).isEmpty();
    }
}
