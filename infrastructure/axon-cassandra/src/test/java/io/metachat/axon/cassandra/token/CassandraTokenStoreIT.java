package io.metachat.axon.cassandra.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.axon.cassandra.TestStorage;
import io.metachat.axon.cassandra.kit.TokenStoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CassandraTokenStoreIT extends TokenStoreContract {

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    @Override
    protected TokenStore storeOf(String node) {
        return new CassandraTokenStore(CASSANDRA.storage(), TestStorage.serializer(), claimTimeout(), node);
    }

    @Override
    protected Duration claimTimeout() {
        return Duration.ofSeconds(2);
    }

    /** A store whose claims outlast a pause of a busy machine, for tests that do not wait for the end of one. */
    private static CassandraTokenStore patientStore() {
        return new CassandraTokenStore(CASSANDRA.storage(), TestStorage.serializer(), Duration.ofSeconds(30), "node");
    }

    @Test
    void shouldTellTheProgressOfAllSegmentsWithoutClaiming() {
        CassandraTokenStore store = patientStore();
        store.initializeTokenSegments("progress", 2, new GlobalSequenceTrackingToken(3));
        store.fetchToken("progress", 1);
        store.storeToken(
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9), new GlobalSequenceTrackingToken(7)),
                "progress",
                1);

        assertThat(store.progress("progress"))
                .extracting(SegmentProgress::position)
                .containsExactly(OptionalLong.of(3), OptionalLong.of(7));
        assertThat(store.progress("progress"))
                .extracting(progress -> progress.owner().orElse("no one"))
                .containsExactly("no one", "node");
        assertThat(store.lowestPosition("progress")).hasValue(3);
    }

    @Test
    void shouldTellNoPositionWhileASegmentHasNone() {
        CassandraTokenStore store = patientStore();
        store.initializeTokenSegments("beginning", 2);
        store.fetchToken("beginning", 1);
        store.storeToken(new GlobalSequenceTrackingToken(7), "beginning", 1);

        assertThat(store.lowestPosition("beginning")).isEmpty();
        assertThat(store.lowestPosition("unknown")).isEmpty();
    }

    @Test
    void shouldTakeOneRoundTripToStoreOrExtend() {
        List<String> operations = new ArrayList<>();
        CassandraTokenStore store = new CassandraTokenStore(
                CASSANDRA.storage((operation, outcome, duration) -> operations.add(operation)),
                TestStorage.serializer(),
                claimTimeout(),
                "node");
        store.initializeTokenSegments("counted", 1);
        store.fetchToken("counted", 0);
        operations.clear();

        store.storeToken(new GlobalSequenceTrackingToken(1), "counted", 0);
        store.extendClaim("counted", 0);

        assertThat(operations).containsExactly("token.store", "token.extend");
    }
}
