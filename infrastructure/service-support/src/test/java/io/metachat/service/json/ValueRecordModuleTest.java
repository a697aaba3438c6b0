package io.metachat.service.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class ValueRecordModuleTest {

    private static final UUID ID = UUID.fromString("0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c01");

    private final JsonMapper json = EventJson.mapper();

    record Id(UUID value) {}

    record Named(String value) {}

    record Pair(Id first, @Nullable Id second) {}

    record Titled(String title) {}

    @Test
    void shouldWriteAndReadAValueRecordAsItsValue() {
        assertThat(json.writeValueAsString(new Id(ID))).isEqualTo("\"" + ID + "\"");
        assertThat(json.readValue("\"" + ID + "\"", Id.class)).isEqualTo(new Id(ID));
        assertThat(json.readValue("\"x\"", Named.class)).isEqualTo(new Named("x"));
    }

    @Test
    void shouldWriteAndReadValueRecordsWithinOthers() {
        String written = json.writeValueAsString(new Pair(new Id(ID), null));

        assertThat(written).isEqualTo("{\"first\":\"" + ID + "\",\"second\":null}");
        assertThat(json.readValue(written, Pair.class)).isEqualTo(new Pair(new Id(ID), null));
    }

    @Test
    void shouldWriteAndReadValueRecordsAsKeys() {
        String written = json.writeValueAsString(Map.of(new Id(ID), 1));

        assertThat(written).isEqualTo("{\"" + ID + "\":1}");
        assertThat(json.readValue(written, new TypeReference<Map<Id, Integer>>() {}))
                .isEqualTo(Map.of(new Id(ID), 1));
    }

    @Test
    void shouldLeaveOtherRecordsAlone() {
        assertThat(json.writeValueAsString(new Titled("x"))).isEqualTo("{\"title\":\"x\"}");
        assertThat(json.readValue("{\"title\":\"x\"}", Titled.class)).isEqualTo(new Titled("x"));
    }
}
