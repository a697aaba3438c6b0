package io.metachat.service.security;

import io.grpc.MethodDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may call which gRPC method. A method that is not listed needs a user, so that a forgotten one is closed and not
 * open.
 */
public final class MethodAccess {

    private enum Rule {
        OPEN,
        USER,
        SERVICE,
        USER_OR_SERVICE,
        OPERATOR
    }

    private final Map<String, Rule> rules;

    private MethodAccess(Map<String, Rule> rules) {
        this.rules = Map.copyOf(rules);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** All rules of {@code all} together. The same method in two of them must have the same rule. */
    static MethodAccess merge(List<MethodAccess> all) {
        Map<String, Rule> rules = new HashMap<>();
        for (MethodAccess access : all) {
            access.rules.forEach((method, rule) -> put(rules, method, rule));
        }
        return new MethodAccess(rules);
    }

    boolean needsNobody(String method) {
        return rule(method) == Rule.OPEN;
    }

    boolean allows(String method, Caller caller) {
        return switch (rule(method)) {
            case OPEN, USER_OR_SERVICE -> true;
            case USER -> !caller.isService();
            case SERVICE -> caller.isService();
            case OPERATOR -> caller.isOperator();
        };
    }

    private Rule rule(String method) {
        return rules.getOrDefault(method, Rule.USER);
    }

    private static void put(Map<String, Rule> rules, String method, Rule rule) {
        Rule before = rules.put(method, rule);
        if (before != null && before != rule) {
            throw new IllegalStateException("Two rules for " + method + ": " + before + " and " + rule);
        }
    }

    /** Lists methods. */
    public static final class Builder {

        private final Map<String, Rule> rules = new HashMap<>();

        private Builder() {}

        /** Anybody, with or without a token. A token that is sent must be valid nevertheless. */
        public Builder open(MethodDescriptor<?, ?>... methods) {
            return add(Rule.OPEN, methods);
        }

        /** Only services that act for themselves. */
        public Builder serviceOnly(MethodDescriptor<?, ?>... methods) {
            return add(Rule.SERVICE, methods);
        }

        /** Users, and services that act for themselves. */
        public Builder userOrService(MethodDescriptor<?, ?>... methods) {
            return add(Rule.USER_OR_SERVICE, methods);
        }

        /** Only those who run the system. */
        public Builder operatorOnly(MethodDescriptor<?, ?>... methods) {
            return add(Rule.OPERATOR, methods);
        }

        public MethodAccess build() {
            return new MethodAccess(rules);
        }

        Builder open(String method) {
            put(rules, method, Rule.OPEN);
            return this;
        }

        private Builder add(Rule rule, MethodDescriptor<?, ?>... methods) {
            for (MethodDescriptor<?, ?> method : methods) {
                put(rules, method.getFullMethodName(), rule);
            }
            return this;
        }
    }
}
