package io.metachat.axon.eventstoredb.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, CONNECTION_LOST",
        "ABORTED, UNKNOWN_OUTCOME",
        "CANCELLED, UNKNOWN_OUTCOME",
        "DEADLINE_EXCEEDED, UNKNOWN_OUTCOME",
        "UNKNOWN, UNKNOWN_OUTCOME",
        "INTERNAL, UNKNOWN_OUTCOME",
        "INVALID_ARGUMENT, REFUSED",
        "PERMISSION_DENIED, REFUSED",
        "UNAUTHENTICATED, REFUSED",
        "RESOURCE_EXHAUSTED, REFUSED"
    })
    void shouldDeriveTheOutcomeOfACallFromItsStatus(Status.Code code, Failure failure) {
        assertThat(Failure.of(code.toStatus().asRuntimeException())).isEqualTo(failure);
    }

    /** Seen once in 200 kills of the server: the failure of a call that was opened while its connection broke. */
    @Test
    void shouldTreatABrokenChannelAsALostConnection() {
        Throwable broken = Status.UNKNOWN
                .withDescription("channel closed")
                .withCause(new ClosedChannelException())
                .asRuntimeException();
        assertThat(Failure.of(new ExecutionException(broken))).isEqualTo(Failure.CONNECTION_LOST);
    }

    @Test
    void shouldTreatAnotherLeaderAsALostConnection() {
        Metadata trailers = new Metadata();
        trailers.put(Metadata.Key.of("leader-endpoint-host", Metadata.ASCII_STRING_MARSHALLER), "127.0.0.1");
        assertThat(Failure.of(Status.NOT_FOUND.asRuntimeException(trailers))).isEqualTo(Failure.CONNECTION_LOST);
    }

    @Test
    void shouldUnwrapTheLayersThatTheClientAddsToFailures() {
        Throwable refused = Status.PERMISSION_DENIED.asRuntimeException();
        Throwable wrapped = new CompletionException(new RuntimeException(new ExecutionException(refused)));
        assertThat(Failure.unwrap(wrapped)).isSameAs(refused);
        assertThat(Failure.reason(wrapped)).isEqualTo("PERMISSION_DENIED");
    }
}
