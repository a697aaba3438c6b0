package io.metachat.axon.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.metachat.axon.cassandra.kit.TokenStoreContract;
import java.time.Duration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A store that does nothing must fail every test of its kit, and no test of a kit may be skipped. */
class KitProofTest {

    @Test
    void shouldFailATokenStoreThatDoesNothing() {
        assertThatAllFail(IdleTokenStore.class);
    }

    private static void assertThatAllFail(Class<?> tests) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute();
        Events events = results.testEvents();
        assertThat(events.started().count()).isPositive();
        assertThat(events.skipped().count()).isZero();
        assertThat(events.succeeded().stream()
                        .map(event -> event.getTestDescriptor().getDisplayName()))
                .isEmpty();
    }

    static class IdleTokenStore extends TokenStoreContract {

        @Override
        protected TokenStore storeOf(String node) {
            return new TokenStore() {

                @Override
                public void initializeTokenSegments(String processorName, int segmentCount) {}

                @Override
                public void initializeTokenSegments(
                        String processorName, int segmentCount, TrackingToken initialToken) {}

                @Override
                public void initializeSegment(TrackingToken token, String processorName, int segment) {}

                @Override
                public void storeToken(TrackingToken token, String processorName, int segment) {}

                @Override
                public TrackingToken fetchToken(String processorName, int segment) {
                    return null;
                }

                @Override
                public void releaseClaim(String processorName, int segment) {}

                @Override
                public void deleteToken(String processorName, int segment) {}

                @Override
                public int[] fetchSegments(String processorName) {
                    return new int[0];
                }
            };
        }

        @Override
        protected Duration claimTimeout() {
            return Duration.ofMillis(10);
        }
    }
}
