package io.metachat.embedded.eventstoredb.internal.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The access control list of a stream: user names and roles, from {@code $acl} in its metadata. Null means the default
 * for the kind of stream.
 */
public record StreamAcl(
        @Nullable List<String> read,
        @Nullable List<String> write,
        @Nullable List<String> delete,
        @Nullable List<String> metadataRead,
        @Nullable List<String> metadataWrite) {

    static final StreamAcl SILENT = new StreamAcl(null, null, null, null, null);
}
