package io.metachat.service.error;

import org.jspecify.annotations.Nullable;

/** A failure that is already a {@link Problem}. Its message is the problem's code and holds no personal data. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.code(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
