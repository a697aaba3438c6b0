package io.metachat.service.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.mock.env.MockEnvironment;

class UnneededAutoConfigurationFilterTest {

    private static final String[] CLASSES = {
        "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
        "io.metachat.axon.cassandra.autoconfigure.AxonCassandraAutoConfiguration",
        "io.metachat.kafka.relay.autoconfigure.KafkaRelayAutoConfiguration",
        "io.metachat.service.security.SecurityAutoConfiguration"
    };

    @Test
    void shouldKeepWhatTheServiceRequires() {
        assertThat(match("EVENTSTORE_URL, CASSANDRA_HOSTS, JWT_SECRET")).containsExactly(true, true, false, true);
    }

    @Test
    void shouldLeaveEveryStoreOutOfAServiceWithoutOne() {
        assertThat(match("JWT_SECRET")).containsExactly(false, false, false, true);
    }

    @Test
    void shouldKeepAllWhereNothingIsListed() {
        assertThat(match(null)).containsExactly(true, true, true, true);
    }

    private static boolean[] match(@Nullable String requires) {
        MockEnvironment environment = new MockEnvironment();
        if (requires != null) {
            environment.setProperty("metachat.requires", requires);
        }
        UnneededAutoConfigurationFilter filter = new UnneededAutoConfigurationFilter();
        filter.setEnvironment(environment);
        return filter.match(CLASSES, mock(AutoConfigurationMetadata.class));
    }
}
