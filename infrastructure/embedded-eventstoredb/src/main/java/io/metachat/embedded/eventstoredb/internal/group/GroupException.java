package io.metachat.embedded.eventstoredb.internal.group;

/** A group cannot do what was asked of it. */
public final class GroupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient GroupId group;

    GroupException(Reason reason, GroupId group) {
        super(reason.name());
        this.reason = reason;
        this.group = group;
    }

    public Reason reason() {
        return reason;
    }

    public GroupId group() {
        return group;
    }

    /** Why not. */
    public enum Reason {
        EXISTS,
        DOES_NOT_EXIST,
        TOO_MANY_CONSUMERS,
        /** It was changed, deleted or restarted under its consumers. */
        DROPPED,
        /** The server stops. */
        STOPPING
    }
}
