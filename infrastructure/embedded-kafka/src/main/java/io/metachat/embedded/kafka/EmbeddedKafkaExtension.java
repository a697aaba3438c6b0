package io.metachat.embedded.kafka;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One Kafka for all test classes of a JVM, with separate topic and group names for each class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();
 * }</pre>
 *
 * <p>A test that stops or kills a broker must start its own with {@link EmbeddedKafka#builder()}.
 */
public final class EmbeddedKafkaExtension implements BeforeAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(EmbeddedKafkaExtension.class);

    private @Nullable EmbeddedKafka server;
    private @Nullable String prefix;

    @Override
    public void beforeAll(ExtensionContext context) {
        // JUnit closes the root store, and thus the broker, after the last test of this JVM.
        server = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        EmbeddedKafka.class, key -> EmbeddedKafka.builder().start(), EmbeddedKafka.class);
        prefix = "test-" + UUID.randomUUID() + "-";
    }

    public EmbeddedKafka server() {
        return started(server);
    }

    public String bootstrapServers() {
        return server().bootstrapServers();
    }

    /** Returns a topic or group name that no other test class uses. */
    public String unique(String name) {
        return started(prefix) + name;
    }

    private static <T> T started(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("Kafka is not available before beforeAll");
        }
        return value;
    }
}
