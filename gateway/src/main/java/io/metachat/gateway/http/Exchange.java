package io.metachat.gateway.http;

import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemException;
import io.metachat.service.grpc.Answer;
import io.metachat.service.grpc.GrpcCall;
import io.metachat.service.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * One request with its headers, on the way to a service. Reads wait for {@code X-MetaChat-Min-Position}; writes carry
 * {@code Idempotency-Key} and respond with {@code X-MetaChat-Position}.
 */
public final class Exchange {

    public static final String POSITION = "X-MetaChat-Position";
    public static final String MIN_POSITION = "X-MetaChat-Min-Position";
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final @Nullable String token;
    private final @Nullable Caller caller;

    Exchange(
            HttpServletRequest request, HttpServletResponse response, @Nullable String token, @Nullable Caller caller) {
        this.request = request;
        this.response = response;
        this.token = token;
        this.caller = caller;
    }

    /** Returns the signed-in caller. Only for routes that require a token. */
    public Caller caller() {
        return Objects.requireNonNull(caller, "This route needs no access token");
    }

    /** Makes a call that changes nothing. */
    public <T> T read(Supplier<T> call) {
        return call().minPosition(minPosition()).invoke(call).value();
    }

    /** Makes a call that changes something, and reports the reached position to the client. */
    public <T> T write(Supplier<T> call) {
        Answer<T> answer = call().minPosition(minPosition())
                .idempotencyKey(request.getHeader(IDEMPOTENCY_KEY))
                .invoke(call);
        answer.position().ifPresent(position -> response.setHeader(POSITION, String.valueOf(position)));
        return answer.value();
    }

    /**
     * Reads the change that {@link #write} of this exchange has just made.
     *
     * @return empty when the read model lags; the write was successful nevertheless
     */
    public <T> Optional<T> readBack(Supplier<T> call) {
        String written = response.getHeader(POSITION);
        try {
            GrpcCall reading = written == null ? call() : call().minPosition(Long.parseLong(written));
            return Optional.of(reading.invoke(call).value());
        } catch (ProblemException failed) {
            if (failed.problem().category() == ProblemCategory.NOT_YET) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** Makes a call for a part of the response that the client can do without; empty when the call fails. */
    public <T> Optional<T> readIfAvailable(Supplier<T> call) {
        try {
            return Optional.of(read(call));
        } catch (ProblemException unavailable) {
            return Optional.empty();
        }
    }

    /** Returns a call in the caller's name, for streams. */
    public GrpcCall call() {
        return token == null ? GrpcCall.anonymous() : GrpcCall.withToken(token);
    }

    /** Returns the position that a read must have reached. */
    public OptionalLong minPosition() {
        String header = request.getHeader(MIN_POSITION);
        if (header == null) {
            return OptionalLong.empty();
        }
        OptionalLong position = WholeNumbers.parse(header);
        if (position.isEmpty() || position.getAsLong() < 0) {
            throw invalidHeader(MIN_POSITION, "must be a position that a write returned");
        }
        return position;
    }

    /**
     * Makes a call that changes an entry only at a revision that {@code If-Match} accepts (RFC 9110, section 13.1.1).
     * Each accepted revision is tried in turn; the service decides.
     *
     * @param call gets the expected revision; empty when every revision is accepted
     */
    public <T> T writeIfMatch(Function<OptionalInt, T> call) {
        IfMatch condition = IfMatch.parse(Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)))
                .orElseThrow(() -> invalidHeader(
                        HttpHeaders.IF_MATCH, "must be entity tags, at most %d, or *".formatted(IfMatch.MAX_TAGS)));
        if (condition.any()) {
            return write(() -> call.apply(OptionalInt.empty()));
        }
        ProblemException refused = mismatch();
        for (int revision : condition.revisions()) {
            try {
                return write(() -> call.apply(OptionalInt.of(revision)));
            } catch (ProblemException other) {
                if (!allowsAnotherRevision(other.problem())) {
                    throw other;
                }
                refused = other;
            }
        }
        throw refused;
    }

    public void entityTag(int revision) {
        response.setHeader(HttpHeaders.ETAG, "\"" + revision + "\"");
    }

    /**
     * The fingerprint covers the expected revision. So a repeated write finds its key only at the revision that
     * succeeded; at the others the service reports a reused key.
     */
    private static boolean allowsAnotherRevision(Problem problem) {
        return problem.category() == ProblemCategory.PRECONDITION_FAILED
                || problem.category() == ProblemCategory.UNPROCESSABLE;
    }

    private static ProblemException mismatch() {
        return Problem.of(
                        "revision-mismatch",
                        ProblemCategory.PRECONDITION_FAILED,
                        "No entity tag in If-Match is that of the current revision.")
                .toException();
    }

    private static ProblemException invalidHeader(String name, String rule) {
        return Problem.invalid(List.of(new FieldError(name, rule))).toException();
    }
}
