package io.metachat.service.error;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field as the client names it, such as {@code tags[3]}
 * @param message what is wrong; never the field's content
 */
public record FieldError(String field, String message) {}
