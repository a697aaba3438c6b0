package io.metachat.embedded.eventstoredb.internal.group;

/** A group refused a request. */
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

    /** The reason of the refusal. */
    public enum Reason {
        EXISTS,
        DOES_NOT_EXIST,
        TOO_MANY_CONSUMERS,
        /** The group was changed, deleted or restarted while consumers were connected. */
        DROPPED,
        /** The server is stopping. */
        STOPPING
    }
}
