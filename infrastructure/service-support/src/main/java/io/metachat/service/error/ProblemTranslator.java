package io.metachat.service.error;

import java.util.Optional;

/**
 * Turns exceptions of one library or domain into problems. Every bean of this type is called, in bean order, with each
 * exception of the cause chain from the outside in; the first result counts. Called from many threads; must not throw.
 */
@FunctionalInterface
public interface ProblemTranslator {

    /** Returns the problem that {@code thrown} means, or empty when this translator does not handle it. */
    Optional<Problem> translate(Throwable thrown);
}
