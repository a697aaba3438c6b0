package io.metachat.service.json;

import tools.jackson.databind.json.JsonMapper;

/** Adds to the JSON of events, snapshots and tokens. Beans of this type are applied in bean order. */
@FunctionalInterface
public interface JsonCustomizer {

    void customize(JsonMapper.Builder builder);
}
