package io.metachat.service.error;

import io.grpc.Status;

/** The kind of failure of a problem. The set is closed, and alone determines statuses and retries. */
public enum ProblemCategory {
    /** The request breaks a rule of form or a limit. */
    INVALID(400, "Invalid request", Status.Code.INVALID_ARGUMENT),
    /** The access token is absent or not valid. */
    UNAUTHENTICATED(401, "Not signed in", Status.Code.UNAUTHENTICATED),
    /** The caller may not do this. */
    FORBIDDEN(403, "Not allowed", Status.Code.PERMISSION_DENIED),
    /** It does not exist, or not for this caller. */
    NOT_FOUND(404, "Not found", Status.Code.NOT_FOUND),
    /** Another change came first, or the current state does not allow it. */
    CONFLICT(409, "Conflict", Status.Code.ABORTED),
    /** The revision that the client holds is no longer the current one. */
    PRECONDITION_FAILED(412, "Precondition failed", Status.Code.FAILED_PRECONDITION),
    /** Well-formed, but contradicts an earlier request, such as an idempotency key with another body. */
    UNPROCESSABLE(422, "Cannot be processed", Status.Code.ALREADY_EXISTS),
    /** Too many requests. */
    TOO_MANY(429, "Too many requests", Status.Code.RESOURCE_EXHAUSTED),
    /** Accepted, but the read model has not reached the requested position. */
    NOT_YET(202, "Not there yet", Status.Code.OUT_OF_RANGE),
    /** A required store or service is not available now. */
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

    /** Returns the title of the problem document, the same for every problem of the category. */
    public String title() {
        return title;
    }

    public Status.Code grpcCode() {
        return grpcCode;
    }

    /** Returns the category of a status without a category of ours, such as one of gRPC itself. */
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
