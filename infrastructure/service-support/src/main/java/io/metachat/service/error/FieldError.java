package io.metachat.service.error;

/**
 * An error in one field of a request.
 *
 * @param field the field as the client names it, such as {@code tags[3]}
 * @param message the rule that the field breaks; never the field's content
 */
public record FieldError(String field, String message) {}
