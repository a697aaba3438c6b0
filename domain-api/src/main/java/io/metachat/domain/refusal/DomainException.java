package io.metachat.domain.refusal;

import java.util.List;

/** A refusal by the domain: nothing was changed. Its message never holds personal text. */
public final class DomainException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DomainError error;
    private final transient List<FieldError> fields;

    public DomainException(DomainError error) {
        this(error, List.of());
    }

    public DomainException(DomainError error, List<FieldError> fields) {
        super(fields.isEmpty() ? error.detail() : error.detail() + ": " + fields);
        this.error = error;
        this.fields = List.copyOf(fields);
    }

    /** A refusal of one field. */
    public static DomainException invalid(String field, String message) {
        return new DomainException(DomainError.VALIDATION_FAILED, List.of(new FieldError(field, message)));
    }

    public DomainError error() {
        return error;
    }

    /** The fields at fault; empty unless the error is about fields. */
    public List<FieldError> fields() {
        return fields == null ? List.of() : fields;
    }
}
