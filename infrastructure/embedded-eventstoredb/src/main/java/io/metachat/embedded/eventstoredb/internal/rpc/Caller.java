package io.metachat.embedded.eventstoredb.internal.rpc;

import io.grpc.Context;

/** Who makes the current call. */
final class Caller {

    static final String ANONYMOUS = "anonymous";

    private static final Context.Key<String> USER = Context.keyWithDefault("eventstoredb-user", ANONYMOUS);

    private Caller() {}

    static String current() {
        return USER.get();
    }

    static Context as(String user) {
        return Context.current().withValue(USER, user);
    }
}
