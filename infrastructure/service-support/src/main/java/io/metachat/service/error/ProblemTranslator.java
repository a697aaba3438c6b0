package io.metachat.service.error;

import java.util.Optional;

/**
 * Turns exceptions of one library or domain into problems. Every bean of this type is asked, in bean order, with each
 * exception of the cause chain from the outside in; the first answer counts. Called from many threads; must not throw.
 */
@FunctionalInterface
public interface ProblemTranslator {

    /** The problem that {@code thrown} means, or empty when it is not this translator's business. */
    Optional<Problem> translate(Throwable thrown);
}
