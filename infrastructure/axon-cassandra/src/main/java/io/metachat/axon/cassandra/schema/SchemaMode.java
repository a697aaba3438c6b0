package io.metachat.axon.cassandra.schema;

/** What to do about the schema when a session has been opened. */
public enum SchemaMode {
    /** Create the keyspace and the tables that are missing, then check the version. */
    CREATE,
    /** Only check the version; a missing or different schema keeps the connection from being used. */
    CHECK,
    /** Nothing: the schema is right, and this process may not be allowed to look. */
    NONE
}
