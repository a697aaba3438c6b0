package io.metachat.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.embedded.process.PortTakenException;
import io.metachat.embedded.process.Ports;
import io.metachat.embedded.process.ServerStartException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @Test
    void shouldCarryARecordFromProducerToConsumer() throws Exception {
        String topic = KAFKA.unique("greetings");

        produce(KAFKA.bootstrapServers(), topic, "hello");

        assertThat(consume(KAFKA.bootstrapServers(), topic)).containsExactly("hello");
    }

    @Test
    void shouldKeepAcknowledgedRecordsAndPortWhenKilledAndOverARestart(@TempDir Path data) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataDirectory(data).start()) {
            produce(kafka.bootstrapServers(), "kept", "before the kill");
            long killed = kafka.pid();
            int port = kafka.port();

            kafka.kill();
            kafka.start();

            assertThat(kafka.pid()).isNotEqualTo(killed);
            assertThat(ProcessHandle.of(killed)).isEmpty();
            produce(kafka.bootstrapServers(), "kept", "after the kill");

            kafka.restart();

            assertThat(kafka.port()).isEqualTo(port);
            assertThat(consume(kafka.bootstrapServers(), "kept")).containsExactly("before the kill", "after the kill");
        }
    }

    @Test
    void shouldRunBesideAnotherButNotInItsDirectory(@TempDir Path data) throws Exception {
        try (EmbeddedKafka other = EmbeddedKafka.builder().dataDirectory(data).start()) {
            produce(other.bootstrapServers(), "mine", "alone");

            assertThat(other.port()).isNotEqualTo(KAFKA.server().port());
            assertThat(consume(other.bootstrapServers(), "mine")).containsExactly("alone");
            assertThatThrownBy(() -> EmbeddedKafka.builder().dataDirectory(data).start())
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("another server uses the data directory");
        }
    }

    @Test
    void shouldNameATakenPort() throws Exception {
        int port = Ports.free(1).get(0);
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(Ports.LOOPBACK, port));

            assertThatThrownBy(() -> EmbeddedKafka.builder().port(port).start())
                    .isInstanceOf(PortTakenException.class)
                    .hasMessage("port %d is taken: Kafka cannot listen on 127.0.0.1:%d", port, port);
        }
    }

    @Test
    void shouldFailFastWithTheLastLogLinesWhenTheBrokerDies(@TempDir Path data) {
        assertThatThrownBy(() -> EmbeddedKafka.builder()
                        .dataDirectory(data)
                        .heapMegabytes(2)
                        .start())
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("failed with exit code")
                .hasMessageContaining("The last lines of");
    }

    @Test
    void shouldEndWithTheProcessThatStartedIt() throws Exception {
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaMain.class.getName())
                .start();
        String ready = starter.inputReader().readLine();
        assertThat(ready).matches("Kafka ready on 127\\.0\\.0\\.1:\\d+");
        List<ProcessHandle> brokers = starter.descendants().toList();
        assertThat(brokers).isNotEmpty();

        starter.destroyForcibly();

        // A guard kills an orphan that does not stop within the stop timeout of 20 s; a busy machine may need all of
        // it.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> brokers.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void shouldStopWhenStandardInputOfItsCommandIsClosed() throws Exception {
        Process command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaMain.class.getName())
                .start();
        assertThat(command.inputReader().readLine()).startsWith("Kafka ready on");
        List<ProcessHandle> brokers = command.descendants().toList();

        command.outputWriter().close();

        assertThat(command.waitFor()).isZero();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> brokers.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static void produce(String bootstrapServers, String topic, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, "key", value)).get();
        }
    }

    private static List<String> consume(String bootstrapServers, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false)
                        .map(ConsumerRecord::value)
                        .forEach(values::add);
            }
            return values;
        }
    }
}
