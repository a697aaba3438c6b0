package io.metachat.embedded.kafka;

import io.metachat.embedded.server.ServerMain;
import java.nio.file.Path;

/** Runs one Kafka until it is terminated: {@code --port 9092 --data directory}. */
public final class KafkaMain {

    private KafkaMain() {}

    public static void main(String[] arguments) {
        ServerMain.run("Kafka", arguments, (port, data) -> {
            EmbeddedKafka.Builder builder = EmbeddedKafka.builder().port(port);
            data.map(Path::of).ifPresent(builder::dataDirectory);
            EmbeddedKafka kafka = builder.start();
            return new ServerMain.Started(kafka, kafka.port());
        });
    }
}
