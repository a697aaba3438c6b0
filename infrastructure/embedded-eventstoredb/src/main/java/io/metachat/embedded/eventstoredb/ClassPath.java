package io.metachat.embedded.eventstoredb;

import com.google.rpc.Code;
import com.google.rpc.Status;
import java.security.CodeSource;

/**
 * Two jars have a {@code com.google.rpc.Status}, of different shapes. With the wrong one first the server would start,
 * and fail at the first append of a batch that it refuses.
 */
final class ClassPath {

    private ClassPath() {}

    /** @throws EventStoreDbStartException when the other form of the class comes first */
    static void requireStatusOfClient() {
        try {
            Status.Builder.class.getMethod("setCode", Code.class);
        } catch (NoSuchMethodException e) {
            throw new EventStoreDbStartException(
                    "db-client-java must come before proto-google-common-protos on the class path: com.google.rpc.Status is"
                            + " the one of " + origin(Status.class),
                    e);
        }
    }

    private static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? "an unknown place" : String.valueOf(source.getLocation());
    }
}
