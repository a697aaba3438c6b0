package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.EventStoreDBClient;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On class paths of its own, made of the test's. */
class ClassPathTest {

    private static final String CLIENT = "db-client-java";

    @Test
    void shouldRefuseToStartWithTheOtherStatusFirst() throws Exception {
        try (URLClassLoader other = new URLClassLoader(withClientLast(), ClassLoader.getPlatformClassLoader())) {
            Class<?> server = other.loadClass(EmbeddedEventStoreDb.class.getName());
            assertThat(server).isNotSameAs(EmbeddedEventStoreDb.class);
            assertThatThrownBy(() -> server.getMethod("startTemporary").invoke(null))
                    .cause()
                    .hasMessageContaining("db-client-java must come before proto-google-common-protos")
                    .hasMessageContaining(".jar");
        }
    }

    private static URL[] withClientLast() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath().split(File.pathSeparator)) {
            if (!entry.contains(CLIENT)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        urls.add(EventStoreDBClient.class.getProtectionDomain().getCodeSource().getLocation());
        return urls.toArray(URL[]::new);
    }

    /** Surefire's own when it hides the class path behind a jar that only names it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
