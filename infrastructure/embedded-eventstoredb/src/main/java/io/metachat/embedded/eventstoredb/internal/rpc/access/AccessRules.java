package io.metachat.embedded.eventstoredb.internal.rpc.access;

import io.metachat.embedded.eventstoredb.internal.read.Reads;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import io.metachat.embedded.eventstoredb.internal.stream.StreamAcl;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The access rules for streams. Everyone may use streams without an ACL; only admins may use streams whose names begin
 * with {@code $}, and the whole log. Admins have full access.
 */
public final class AccessRules {

    private static final String EVERYBODY = "$all";

    private final Reads reads;

    public AccessRules(Reads reads) {
        this.reads = reads;
    }

    public void requireRead(Caller caller, String stream) {
        require(caller, stream, Operation.READ);
    }

    public void requireWrite(Caller caller, String stream) {
        require(caller, stream, Operation.WRITE);
    }

    public void requireDelete(Caller caller, String stream) {
        require(caller, stream, Operation.DELETE);
    }

    /** Requires an operator, for calls that concern the server instead of one stream. */
    public void requireOperator(Caller caller) {
        if (!caller.isAdmin() && !caller.roles().contains(Caller.OPERATORS)) {
            throw RpcErrors.accessDenied();
        }
    }

    private void require(Caller caller, String stream, Operation operation) {
        if (caller.isAdmin()) {
            return;
        }
        boolean aboutMetadata = StreamNames.isMetadata(stream);
        String subject = aboutMetadata ? StreamNames.describedBy(stream) : stream;
        StreamAcl acl = reads.acl(subject);
        List<String> allowed = allowed(acl, operation, aboutMetadata);
        if (allowed == null) {
            allowed = List.of(StreamNames.isSystem(subject) ? Caller.ADMINS : EVERYBODY);
        }
        if (allowed.stream().noneMatch(entry -> isOne(caller, entry))) {
            throw RpcErrors.accessDenied();
        }
    }

    private static boolean isOne(Caller caller, String entry) {
        return entry.equals(EVERYBODY)
                || entry.equals(caller.name())
                || caller.roles().contains(entry);
    }

    private static @Nullable List<String> allowed(StreamAcl acl, Operation operation, boolean aboutMetadata) {
        return switch (operation) {
            case READ -> aboutMetadata ? acl.metadataRead() : acl.read();
            case WRITE -> aboutMetadata ? acl.metadataWrite() : acl.write();
            case DELETE -> acl.delete();
        };
    }

    private enum Operation {
        READ,
        WRITE,
        DELETE
    }
}
