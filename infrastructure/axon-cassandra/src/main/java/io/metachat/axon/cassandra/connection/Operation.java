package io.metachat.axon.cassandra.connection;

/**
 * One CQL statement of a store, by name.
 *
 * @param name for metrics and messages, e.g. {@code token.claim}
 * @param cql the statement; with {@code ks.} before each table's name
 * @param repeatable whether sending it twice does what sending it once does
 */
public record Operation(String name, String cql, boolean repeatable) {

    /** A statement that changes nothing, or whose repetition changes nothing more. */
    public static Operation repeatable(String name, String cql) {
        return new Operation(name, cql, true);
    }

    /** A lightweight transaction: the driver must not resend it unasked, since the answer would be another. */
    public static Operation conditional(String name, String cql) {
        return new Operation(name, cql, false);
    }
}
