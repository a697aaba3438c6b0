package io.metachat.domain.refusal;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field's name as the client wrote it, e.g. {@code tags[3]}
 * @param message what the rule is; never the value, which may be personal
 */
public record FieldError(String field, String message) {}
