package io.metachat.service.error;

import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns any exception into the one problem that clients receive. */
public final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final List<ProblemTranslator> translators;

    /** @param translators used in this order, for exceptions that are no problems already */
    public Problems(List<ProblemTranslator> translators) {
        this.translators = List.copyOf(translators);
    }

    /**
     * Returns the problem that {@code thrown} means. Logs an unknown exception with its stack, and returns an internal
     * error without any detail for it.
     */
    public Problem of(Throwable thrown) {
        for (Throwable cause : chain(thrown)) {
            Optional<Problem> problem = known(cause);
            if (problem.isPresent()) {
                return problem.get();
            }
        }
        log.error("Request failed unexpectedly", thrown);
        return Problem.internal();
    }

    /** Returns the problem in another service's response. */
    public static Problem from(StatusRuntimeException answer) {
        return ProblemTrailers.read(answer.getStatus(), answer.getTrailers());
    }

    private Optional<Problem> known(Throwable cause) {
        if (cause instanceof ProblemException problem) {
            return Optional.of(problem.problem());
        }
        if (cause instanceof StatusRuntimeException answer) {
            return Optional.of(from(answer));
        }
        if (cause instanceof StatusException answer) {
            return Optional.of(ProblemTrailers.read(answer.getStatus(), answer.getTrailers()));
        }
        return translators.stream()
                .map(translator -> translator.translate(cause))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<Throwable> chain(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> chain = new ArrayList<>();
        for (@Nullable Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
