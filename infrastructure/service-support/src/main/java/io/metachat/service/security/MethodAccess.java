package io.metachat.service.security;

import io.grpc.MethodDescriptor;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The gRPC methods that need no user. Every other method needs one, so that a method nobody listed is closed and not
 * open. A token that is sent to an open method must be valid nevertheless.
 */
public final class MethodAccess {

    private final Set<String> open;

    private MethodAccess(Set<String> open) {
        this.open = open;
    }

    /** Returns the access rules of a service whose open methods these are. */
    public static MethodAccess open(MethodDescriptor<?, ?>... methods) {
        return open(
                Arrays.stream(methods).map(MethodDescriptor::getFullMethodName).toArray(String[]::new));
    }

    static MethodAccess open(String... methods) {
        return new MethodAccess(Set.of(methods));
    }

    static MethodAccess merge(Collection<MethodAccess> all) {
        return new MethodAccess(
                all.stream().flatMap(access -> access.open.stream()).collect(Collectors.toUnmodifiableSet()));
    }

    boolean isOpen(String method) {
        return open.contains(method);
    }
}
