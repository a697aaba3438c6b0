package io.metachat.embedded.eventstoredb;

import java.util.Set;

/**
 * Somebody who may call.
 *
 * @param roles that stream ACLs may name; {@link #ADMINS} may do everything
 */
public record EventStoreDbUser(String name, String password, Set<String> roles) {

    /** The role that no ACL keeps out. */
    public static final String ADMINS = "$admins";

    public EventStoreDbUser {
        roles = Set.copyOf(roles);
        if (name.isEmpty() || name.contains(":")) {
            throw new IllegalArgumentException("a user's name is not empty and has no colon");
        }
    }

    public static EventStoreDbUser admin(String name, String password) {
        return new EventStoreDbUser(name, password, Set.of(ADMINS));
    }

    /** The password is nobody's business. */
    @Override
    public String toString() {
        return "EventStoreDbUser[name=" + name + ", roles=" + roles + "]";
    }
}
