package io.metachat.axon.eventstoredb.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.EventStoreDBClientSettings;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

    private final SubscriptionCalls interceptor = new SubscriptionCalls();

    /** Defect 5: the client parses ports of seed lists into a short. */
    @Test
    void shouldAcceptHighPortsInSeedLists() {
        String seeds = "esdb://127.0.0.1:40001,127.0.0.1:40002,127.0.0.1?tls=false";
        assertThatThrownBy(() -> EventStoreDBConnectionString.parseOrThrow(seeds))
                .isInstanceOf(RuntimeException.class);
        assertThat(resolve(seeds).getHosts())
                .extracting(InetSocketAddress::getPort)
                .containsExactly(40001, 40002, 2113);
    }

    @Test
    void shouldKeepEveryOptionOfTheConnectionString() {
        EventStoreDBClientSettings settings =
                resolve("esdb+discover://admin:change%3Ait@localhost:2114?tls=true&tlsVerifyCert=false"
                        + "&nodePreference=follower&maxDiscoverAttempts=7&discoveryInterval=90&gossipTimeout=11"
                        + "&keepAliveInterval=12000&keepAliveTimeout=13000&defaultDeadline=900");
        assertThat(settings.isDnsDiscover()).isTrue();
        assertThat(settings.isTls()).isTrue();
        assertThat(settings.isTlsVerifyCert()).isFalse();
        assertThat(settings.getNodePreference().name()).isEqualTo("FOLLOWER");
        assertThat(settings.getMaxDiscoverAttempts()).isEqualTo(7);
        assertThat(settings.getDiscoveryInterval()).isEqualTo(90);
        assertThat(settings.getGossipTimeout()).isEqualTo(11);
        assertThat(settings.getKeepAliveInterval()).isEqualTo(12000);
        assertThat(settings.getKeepAliveTimeout()).isEqualTo(13000);
        assertThat(settings.getDefaultDeadline()).isEqualTo(900);
        assertThat(settings.getDefaultCredentials()).isNotNull();
        assertThat(settings.getInterceptors()).containsExactly(interceptor);
        assertThat(settings.getHosts()).extracting(InetSocketAddress::getPort).containsExactly(2114);
    }

    @Test
    void shouldNeverRepeatAPassword() {
        for (String broken : new String[] {
            "http://admin:s3cret@host", "esdb://admin:s3cret@host:port", "esdb://admin:s3cret@host?tls=maybe&x"
        }) {
            assertThatThrownBy(() -> new ClientSettings(broken, interceptor))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("s3cret")
                    .hasNoCause();
        }
    }

    private EventStoreDBClientSettings resolve(String connectionString) {
        return new ClientSettings(connectionString, interceptor).resolve();
    }
}
