package io.metachat.service.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem as {@code application/problem+json} (RFC 9457).
 *
 * @param type {@code urn:metachat:problem:} and the problem's code
 * @param instance the path of the request
 * @param errors the fields that are wrong; left out when there are none
 */
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable String correlationId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    /** The media type of the document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:metachat:problem:";

    public static ProblemDocument of(Problem problem, String instance, @Nullable String correlationId) {
        ProblemCategory category = problem.category();
        return new ProblemDocument(
                TYPE_PREFIX + problem.code(),
                category.title(),
                category.httpStatus(),
                problem.detail(),
                instance,
                correlationId,
                problem.fieldErrors());
    }
}
