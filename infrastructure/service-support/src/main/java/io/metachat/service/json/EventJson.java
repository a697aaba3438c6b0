package io.metachat.service.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.List;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * The JSON of events, snapshots, sagas and tracking tokens: camelCase, plain identifiers, RFC 3339 instants, unknown
 * fields ignored so that older code reads newer events.
 */
public final class EventJson {

    private EventJson() {}

    /** Returns a mapper of this JSON, for use outside of Axon. */
    public static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder();
        configure(builder, List.of());
        return builder.build();
    }

    static void configure(JsonMapper.Builder builder, List<JsonCustomizer> customizers) {
        builder.addModule(new ValueRecordModule())
                // Snapshots and sagas are objects with fields and no annotations; fields are their state.
                .changeDefaultVisibility(visibility -> visibility.withFieldVisibility(Visibility.ANY))
                .enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                // Tokens within tokens name their class. Nothing else may be instantiated by name.
                .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType("org.axonframework.")
                        .allowIfSubType("io.metachat.")
                        .build());
        customizers.forEach(customizer -> customizer.customize(builder));
    }
}
