package io.metachat.axon.cassandra.connection;

import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.axon.cassandra.CassandraConnection;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CqlSession} for injection that exists before Cassandra does: every call goes to the connection's session, or
 * fails with {@link io.metachat.axon.cassandra.CassandraUnavailableException} while there is none. Spring Boot's own
 * bean connects when it is created, and an absent server then ends the application.
 */
public final class LazyCqlSession implements InvocationHandler {

    private final CassandraConnection connection;

    private LazyCqlSession(CassandraConnection connection) {
        this.connection = connection;
    }

    /** Returns a session that delegates to the connection's. Closing it has no effect, because the connection owns the session. */
    public static CqlSession of(CassandraConnection connection) {
        return (CqlSession) Proxy.newProxyInstance(
                CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, new LazyCqlSession(connection));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return "CqlSession of " + connection;
            case "close":
                return null;
            default:
                break;
        }
        try {
            return method.invoke(connection.session(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
