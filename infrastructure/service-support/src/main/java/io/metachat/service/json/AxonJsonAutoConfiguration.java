package io.metachat.service.json;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Gives Axon's Jackson 3 serializers the JSON of {@link EventJson}. */
@AutoConfiguration(beforeName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
@ConditionalOnClass({Jackson3Serializer.class, Jackson3SerializerCustomizer.class})
public class AxonJsonAutoConfiguration {

    // Axon applies only one customizer, so this one applies all others.
    @Bean
    static Jackson3SerializerCustomizer eventJsonCustomizer(ObjectProvider<JsonCustomizer> customizers) {
        List<JsonCustomizer> ordered = customizers.orderedStream().toList();
        return builder -> EventJson.configure(builder, ordered);
    }

    /** Where events are consumed from Kafka, tokens hold offsets by partition. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TopicPartition.class)
    static class KafkaTokens {

        @Bean
        static JsonCustomizer topicPartitionKeys() {
            return builder -> builder.addModule(new SimpleModule("kafka-topic-partitions")
                    .addKeyDeserializer(TopicPartition.class, new TopicPartitionKey()));
        }
    }

    /** Reads {@code topic-3}, the form that {@link TopicPartition#toString()} writes. */
    private static final class TopicPartitionKey extends KeyDeserializer {

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            int dash = key.lastIndexOf('-');
            if (dash < 1 || !key.substring(dash + 1).matches("[0-9]{1,9}")) {
                return context.handleWeirdKey(TopicPartition.class, key, "not a topic and its partition");
            }
            return new TopicPartition(key.substring(0, dash), Integer.parseInt(key.substring(dash + 1)));
        }
    }
}
