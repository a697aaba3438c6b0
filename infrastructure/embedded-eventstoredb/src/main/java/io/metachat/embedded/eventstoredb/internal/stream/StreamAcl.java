package io.metachat.embedded.eventstoredb.internal.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a stream: user names and roles, from {@code $acl} in its metadata. Null where the metadata says
 * nothing and the default for the kind of stream holds.
 */
public record StreamAcl(
        @Nullable List<String> read,
        @Nullable List<String> write,
        @Nullable List<String> delete,
        @Nullable List<String> metadataRead,
        @Nullable List<String> metadataWrite) {

    static final StreamAcl SILENT = new StreamAcl(null, null, null, null, null);
}
