package io.metachat.axon.cassandra.schema;

/** The handling of the schema when a session has been opened. */
public enum SchemaMode {
    /** Create the keyspace and missing tables, upgrade tables of an earlier version, then check the version. */
    CREATE,
    /** Only check the version. A missing or different schema prevents the use of the connection. */
    CHECK,
    /** Do nothing: the schema is right, and this process may not be allowed to read it. */
    NONE
}
