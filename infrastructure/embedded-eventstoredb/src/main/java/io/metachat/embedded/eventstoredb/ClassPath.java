package io.metachat.embedded.eventstoredb;

import com.google.rpc.Code;
import com.google.rpc.Status;
import java.security.CodeSource;

/**
 * Checks the order of the class path. Two jars contain a {@code com.google.rpc.Status} with different fields. With the
 * wrong one first, the server would start, but fail at the first refused BatchAppend.
 */
final class ClassPath {

    private ClassPath() {}

    /** @throws EventStoreDbStartException if the wrong class comes first */
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
