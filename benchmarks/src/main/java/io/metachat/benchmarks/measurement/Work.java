package io.metachat.benchmarks.measurement;

/** Operations that are measured together. */
@FunctionalInterface
public interface Work {

    /** Returns the number of operations. */
    long run() throws Exception;
}
