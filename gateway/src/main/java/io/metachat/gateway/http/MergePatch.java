package io.metachat.gateway.http;

import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a partial update (RFC 7396): an absent field stays, a null field is cleared. */
public final class MergePatch {

    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private final ObjectNode body;

    private MergePatch(ObjectNode body) {
        this.body = body;
    }

    /** @throws io.metachat.service.error.ProblemException when the body has other fields than these */
    public static MergePatch of(ObjectNode body, Set<String> fields) {
        List<FieldError> unknown = body.propertyNames().stream()
                .filter(name -> !fields.contains(name))
                .map(name -> new FieldError(name, "is not a field of this request"))
                .toList();
        if (!unknown.isEmpty()) {
            throw Problem.invalid(unknown).toException();
        }
        return new MergePatch(body);
    }

    /** Returns the names of the fields that the patch sets or clears. */
    public List<String> fields() {
        return List.copyOf(body.propertyNames());
    }

    /** Returns the text of a field; empty when it is absent or null. */
    public Optional<String> text(String field) {
        JsonNode node = body.get(field);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!isText(node)) {
            throw invalid(field, "must be text");
        }
        return Optional.of(node.stringValue());
    }

    /** Returns the text of a field that cannot be cleared. */
    public Optional<String> requiredText(String field) {
        if (body.has(field) && body.get(field).isNull()) {
            throw invalid(field, "cannot be removed");
        }
        return text(field);
    }

    /** Returns a list of texts; null clears it and returns the empty list. */
    public Optional<List<String>> texts(String field) {
        JsonNode node = body.get(field);
        if (node == null) {
            return Optional.empty();
        }
        if (node.isNull()) {
            return Optional.of(List.of());
        }
        if (!node.isArray()) {
            throw invalid(field, "must be a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node) {
            if (!isText(item)) {
                throw invalid(field + "[" + texts.size() + "]", "must be text");
            }
            texts.add(item.stringValue());
        }
        return Optional.of(texts);
    }

    private static boolean isText(JsonNode node) {
        return node.isString() && WellFormedText.isWellFormed(node.stringValue());
    }

    private static RuntimeException invalid(String field, String rule) {
        return Problem.invalid(List.of(new FieldError(field, rule))).toException();
    }
}
