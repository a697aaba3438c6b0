package io.metachat.embedded.kafka;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One Kafka for all test classes of a test JVM, and topic and group names of its own for each of them.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();
 * }</pre>
 *
 * <p>A test that stops or kills the broker starts one of its own with {@link EmbeddedKafka#builder()}.
 */
public final class EmbeddedKafkaExtension implements BeforeAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(EmbeddedKafkaExtension.class);

    private @Nullable EmbeddedKafka server;
    private @Nullable String prefix;

    @Override
    public void beforeAll(ExtensionContext context) {
        // The root store is closed, and the broker with it, when the last test of this JVM is over.
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

    /** A name for a topic or a consumer group that no other test class uses. */
    public String unique(String name) {
        return started(prefix) + name;
    }

    private static <T> T started(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("Kafka is there from beforeAll on, not before");
        }
        return value;
    }
}
