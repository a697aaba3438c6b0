package io.metachat.service.error;

import io.grpc.Status;

/** What kind of failure a problem is. The set is closed: clients, retries and both protocols decide by it alone. */
public enum ProblemCategory {
    /** The request breaks a rule of form or a limit. */
    INVALID(400, "Invalid request", Status.Code.INVALID_ARGUMENT),
    /** Nobody is signed in, or the token is not accepted. */
    UNAUTHENTICATED(401, "Not signed in", Status.Code.UNAUTHENTICATED),
    /** Who is signed in may not do this. */
    FORBIDDEN(403, "Not allowed", Status.Code.PERMISSION_DENIED),
    /** It does not exist, or not for the one who asks. */
    NOT_FOUND(404, "Not found", Status.Code.NOT_FOUND),
    /** Another change was first, or what exists is in the way. */
    CONFLICT(409, "Conflict", Status.Code.ABORTED),
    /** The revision that the client holds is no longer the current one. */
    PRECONDITION_FAILED(412, "Precondition failed", Status.Code.FAILED_PRECONDITION),
    /** Well-formed, but contradicts what was sent before, such as an idempotency key with another body. */
    UNPROCESSABLE(422, "Cannot be processed", Status.Code.ALREADY_EXISTS),
    /** Too many requests. */
    TOO_MANY(429, "Too many requests", Status.Code.RESOURCE_EXHAUSTED),
    /** Accepted, but the read model has not reached the asked position. */
    NOT_YET(202, "Not there yet", Status.Code.OUT_OF_RANGE),
    /** A store or service that is needed is not available now. */
    UNAVAILABLE(503, "Temporarily unavailable", Status.Code.UNAVAILABLE),
    /** A defect. */
    INTERNAL(500, "Internal error", Status.Code.INTERNAL);

    private final int httpStatus;
    private final String title;
    private final Status.Code grpcCode;

    ProblemCategory(int httpStatus, String title, Status.Code grpcCode) {
        this.httpStatus = httpStatus;
        this.title = title;
        this.grpcCode = grpcCode;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The problem document's title, the same for every problem of the category. */
    public String title() {
        return title;
    }

    public Status.Code grpcCode() {
        return grpcCode;
    }

    /** The category of a status that carries no category of ours, such as one made by gRPC itself. */
    static ProblemCategory of(Status.Code code) {
        return switch (code) {
            case INVALID_ARGUMENT -> INVALID;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case PERMISSION_DENIED -> FORBIDDEN;
            case NOT_FOUND -> NOT_FOUND;
            case ABORTED, ALREADY_EXISTS -> CONFLICT;
            case FAILED_PRECONDITION -> PRECONDITION_FAILED;
            case RESOURCE_EXHAUSTED -> TOO_MANY;
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> UNAVAILABLE;
            case OK, UNKNOWN, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, DATA_LOSS -> INTERNAL;
        };
    }
}
