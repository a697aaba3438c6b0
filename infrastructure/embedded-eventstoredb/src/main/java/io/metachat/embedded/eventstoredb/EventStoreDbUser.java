package io.metachat.embedded.eventstoredb;

import java.util.Set;

/**
 * A user of the server.
 *
 * @param roles the roles that stream ACLs may name; {@link #ADMINS} have full access
 */
public record EventStoreDbUser(String name, String password, Set<String> roles) {

    /** The role with full access, whatever the ACLs. */
    public static final String ADMINS = "$admins";

    public EventStoreDbUser {
        roles = Set.copyOf(roles);
        if (name.isEmpty() || name.contains(":")) {
            throw new IllegalArgumentException("a user's name must not be empty or contain a colon");
        }
    }

    public static EventStoreDbUser admin(String name, String password) {
        return new EventStoreDbUser(name, password, Set.of(ADMINS));
    }

    /** Omits the password. */
    @Override
    public String toString() {
        return "EventStoreDbUser[name=" + name + ", roles=" + roles + "]";
    }
}
