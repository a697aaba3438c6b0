package io.metachat.service.error;

import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes and reads problems between services, as a gRPC status and trailers. */
public final class ProblemTrailers {

    static final Metadata.Key<String> CODE = Metadata.Key.of("metachat-error-code", Metadata.ASCII_STRING_MARSHALLER);
    static final Metadata.Key<String> CATEGORY =
            Metadata.Key.of("metachat-error-category", Metadata.ASCII_STRING_MARSHALLER);
    static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("metachat-retry-after-ms", Metadata.ASCII_STRING_MARSHALLER);
    // Binary, because a message may hold any character: field, a zero byte, message.
    static final Metadata.Key<byte[]> FIELD =
            Metadata.Key.of("metachat-error-field-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private ProblemTrailers() {}

    /** Returns the status of a call that ended with {@code problem}. */
    public static Status status(Problem problem) {
        return problem.category().grpcCode().toStatus().withDescription(problem.detail());
    }

    /** Adds the parts of {@code problem} that the status cannot hold to {@code trailers}. */
    public static void write(Problem problem, Metadata trailers) {
        trailers.discardAll(CODE);
        trailers.put(CODE, problem.code());
        trailers.discardAll(CATEGORY);
        trailers.put(CATEGORY, problem.category().name().toLowerCase(Locale.ROOT));
        if (problem.retryAfter() != null) {
            trailers.put(RETRY_AFTER, Long.toString(problem.retryAfter().toMillis()));
        }
        for (FieldError error : problem.fieldErrors()) {
            trailers.put(FIELD, (error.field() + '\0' + error.message()).getBytes(StandardCharsets.UTF_8));
        }
    }

    static Problem read(Status status, @Nullable Metadata trailers) {
        String code = trailers == null ? null : trailers.get(CODE);
        if (trailers == null || code == null) {
            return withoutTrailers(status);
        }
        String detail = status.getDescription();
        return new Problem(
                code,
                category(status, trailers.get(CATEGORY)),
                detail == null ? "" : detail,
                fieldErrors(trailers),
                retryAfter(trailers.get(RETRY_AFTER)));
    }

    // gRPC's own descriptions name internal addresses and methods, so they are not passed on.
    private static Problem withoutTrailers(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                Problem.unavailable(
                        "service-unavailable", "A required service is not available now.", Duration.ofSeconds(1));
            case DEADLINE_EXCEEDED ->
                Problem.unavailable("deadline-exceeded", "The request took too long.", Duration.ofSeconds(1));
            case CANCELLED -> Problem.unavailable("cancelled", "The request was cancelled.", Duration.ofSeconds(1));
            case RESOURCE_EXHAUSTED ->
                Problem.of(
                        "resource-exhausted", ProblemCategory.TOO_MANY, "The request is too large or one of too many.");
            case UNAUTHENTICATED -> Problem.unauthenticated("unauthenticated", "An access token is required.");
            case PERMISSION_DENIED -> Problem.forbidden("This is not allowed.");
            case INVALID_ARGUMENT ->
                Problem.of("invalid-request", ProblemCategory.INVALID, "The request is not valid.");
            case NOT_FOUND -> Problem.notFound("not-found", "There is no such thing.");
            default -> {
                ProblemCategory category = ProblemCategory.of(status.getCode());
                yield category == ProblemCategory.INTERNAL
                        ? Problem.internal()
                        : Problem.of(code(status), category, category.title() + ".");
            }
        };
    }

    private static String code(Status status) {
        return status.getCode().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ProblemCategory category(Status status, @Nullable String name) {
        if (name != null) {
            for (ProblemCategory category : ProblemCategory.values()) {
                if (category.name().equalsIgnoreCase(name)) {
                    return category;
                }
            }
        }
        return ProblemCategory.of(status.getCode());
    }

    private static List<FieldError> fieldErrors(Metadata trailers) {
        Iterable<byte[]> encoded = trailers.getAll(FIELD);
        List<FieldError> errors = new ArrayList<>();
        if (encoded != null) {
            for (byte[] bytes : encoded) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                int end = text.indexOf('\0');
                if (end >= 0) {
                    errors.add(new FieldError(text.substring(0, end), text.substring(end + 1)));
                }
            }
        }
        return errors;
    }

    private static @Nullable Duration retryAfter(@Nullable String millis) {
        return millis == null || !millis.matches("[0-9]{1,9}") ? null : Duration.ofMillis(Long.parseLong(millis));
    }
}
