package io.metachat.embedded.eventstoredb.internal.rpc.access;

import io.grpc.Context;
import java.util.Set;

/** The caller of an RPC, with its roles. */
public record Caller(String name, Set<String> roles) {

    static final String ADMINS = "$admins";
    static final String OPERATORS = "$ops";

    /** The caller of a server without users, who has full access. */
    static final Caller EVERYBODY = new Caller("anonymous", Set.of(ADMINS));

    private static final Context.Key<Caller> CURRENT = Context.keyWithDefault("eventstoredb-caller", EVERYBODY);

    public static Caller current() {
        return CURRENT.get();
    }

    Context inContext() {
        return Context.current().withValue(CURRENT, this);
    }

    boolean isAdmin() {
        return roles.contains(ADMINS);
    }
}
