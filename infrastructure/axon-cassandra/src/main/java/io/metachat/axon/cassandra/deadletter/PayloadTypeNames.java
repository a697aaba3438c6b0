package io.metachat.axon.cassandra.deadletter;

/**
 * The names under which the payload types of dead letters are stored. By default these are the serializer's names, which are
 * class names in general: letters that were parked before a class moved to another package cannot be deserialized after it.
 * Logical names do not have this problem. Implementations are thread-safe.
 */
public interface PayloadTypeNames {

    /** Stores the serializer's names. */
    PayloadTypeNames OF_SERIALIZER = new PayloadTypeNames() {

        @Override
        public String toStored(String typeName) {
            return typeName;
        }

        @Override
        public String fromStored(String storedName) {
            return storedName;
        }
    };

    /** Returns the name to store for the serializer's name of a type. */
    String toStored(String typeName);

    /** Returns the serializer's name of a type for a stored name; the stored name itself when it is unknown. */
    String fromStored(String storedName);
}
