package io.metachat.service.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ServiceDefaultsTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void shouldStandBelowEverythingElse() {
        start(Map.of("server.address", "0.0.0.0"));

        assertThat(environment.getProperty("server.address")).isEqualTo("0.0.0.0");
        assertThat(environment.getProperty("spring.grpc.server.address")).isEqualTo("0.0.0.0");
        assertThat(environment.getProperty("axon.serializer.events")).isEqualTo("jackson3");
        assertThat(environment.getProperty("management.endpoints.web.base-path"))
                .isEqualTo("/");
    }

    @Test
    void shouldGiveTheVariablesToThePropertiesThatNeedThem() {
        start(Map.of(
                "EVENTSTORE_URL", "esdb://store:2113?tls=false",
                "CASSANDRA_HOSTS", "one:9042, two",
                "KAFKA_BROKERS", "[::1]:9092",
                "GRPC_PORT", "50051"));

        assertThat(environment.getProperty("axon.eventstoredb.connection-string"))
                .isEqualTo("esdb://store:2113?tls=false");
        assertThat(environment.getProperty("axon.cassandra.contact-points")).isEqualTo("one:9042, two");
        assertThat(environment.getProperty("kafka.relay.brokers")).isEqualTo("[::1]:9092");
        assertThat(environment.getProperty("kafka.relay.source")).isEqualTo("/metachat/diary-service");
        assertThat(environment.getProperty("spring.grpc.server.port")).isEqualTo("50051");
    }

    @Test
    void shouldNameEveryVariableThatIsMissing() {
        assertThatThrownBy(() -> start(Map.of("metachat.requires", "EVENTSTORE_URL, JWT_SECRET")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("EVENTSTORE_URL is not set: it must be such as esdb://")
                .hasMessageContaining("JWT_SECRET is not set: it must be a secret of at least 32 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "EVENTSTORE_URL, http://store:2113",
        "CASSANDRA_HOSTS, 'one,,two'",
        "KAFKA_BROKERS, http://kafka",
        "JWT_SECRET, 0123456789abcdef0123456789abcde",
        "USER_SERVICE_URL, 'user service'",
        "SERVER_PORT, 70000",
        "GRPC_PORT, abc"
    })
    void shouldNameAVariableThatIsMalformedButNotItsValue(String variable, String value) {
        assertThatThrownBy(() -> start(Map.of(variable, value)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith(variable + " is not valid")
                .hasMessageNotContaining(value);
    }

    @ParameterizedTest
    @CsvSource({
        "EVENTSTORE_URL, esdb+discover://admin:changeit@one:2113?tls=true",
        "USER_SERVICE_URL, http://user-service:50051",
        "USER_SERVICE_URL, dns:///user-service:50051",
        "USER_SERVICE_URL, 127.0.0.1:50051",
        "SERVER_PORT, 0"
    })
    void shouldAcceptWhatIsRight(String variable, String value) {
        start(Map.of(variable, value));

        assertThat(environment.getProperty(variable)).isEqualTo(value);
    }

    @Test
    void shouldRefuseARequirementThatNobodyKnows() {
        assertThatThrownBy(() -> start(Map.of("metachat.requires", "EVENTSTORE_URI")))
                .hasMessageContaining("EVENTSTORE_URI, which is no setting of MetaChat");
    }

    private void start(Map<String, Object> settings) {
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("name", Map.of("spring.application.name", "diary-service")));
        new ServiceDefaults().postProcessEnvironment(environment, new SpringApplication());
    }
}
