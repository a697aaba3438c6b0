package io.metachat.axon.eventstoredb.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The configuration metadata that the build generates from {@link EventStoreDbProperties}. */
class ConfigurationMetadataTest {

    private static final String PREFIX = "axon.eventstoredb.";

    @Test
    void shouldDescribeEverySetting() throws Exception {
        Map<String, JsonNode> described = described();
        assertThat(settings(EventStoreDbProperties.class, PREFIX))
                .hasSizeGreaterThan(20)
                .allSatisfy((name, setting) -> {
                    JsonNode property = described.get(name);
                    assertThat(property).as(name).isNotNull();
                    assertThat(property.path("description").asString(""))
                            .as(name)
                            .endsWith(".");
                    assertThat(property.path("type").asString(""))
                            .as(name)
                            .endsWith(
                                    setting.getType().isPrimitive()
                                            ? ""
                                            : setting.getType().getSimpleName())
                            .isNotEmpty();
                    DefaultValue value = setting.getAccessor().getAnnotation(DefaultValue.class);
                    if (value != null && value.value().length > 0 && !value.value()[0].isEmpty()) {
                        assertThat(property.path("defaultValue").asString(""))
                                .as(name)
                                .isEqualTo(value.value()[0]);
                    }
                });
    }

    @Test
    void shouldDescribeNothingElse() throws Exception {
        assertThat(described().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        settings(EventStoreDbProperties.class, PREFIX).keySet());
    }

    private static Map<String, RecordComponent> settings(Class<?> type, String prefix) {
        Map<String, RecordComponent> settings = new HashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name =
                    prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                settings.putAll(settings(component.getType(), name + "."));
            } else {
                settings.put(name, component);
            }
        }
        return settings;
    }

    private static Map<String, JsonNode> described() throws Exception {
        Path classes = Path.of(EventStoreDbProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        JsonNode metadata = new JsonMapper()
                .readTree(classes.resolve("META-INF/spring-configuration-metadata.json")
                        .toFile());
        Map<String, JsonNode> described = new HashMap<>();
        Stream<JsonNode> properties = metadata.get("properties").valueStream();
        properties.forEach(property -> described.put(property.get("name").asString(), property));
        return described;
    }
}
