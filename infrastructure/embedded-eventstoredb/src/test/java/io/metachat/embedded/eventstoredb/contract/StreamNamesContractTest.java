package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.Events.event;
import static io.metachat.embedded.eventstoredb.contract.Events.failure;
import static io.metachat.embedded.eventstoredb.contract.Events.revisions;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.StreamDeletedException;
import com.eventstore.dbclient.StreamNotFoundException;
import io.grpc.Status;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNamesContractTest {

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with space",
                "ünï-cödé-\uD83D\uDE00",
                "7@other",
                "a-b-c",
                "-",
                "%2F",
                "line\nbreak",
                "\u0000"
            })
    void shouldKeepStreamsOfAnyNameApart(String name) throws Exception {
        String stream = UUID.randomUUID() + name;

        NODE.client().appendToStream(stream, event("one")).get();
        NODE.client().appendToStream(stream + "x", event("other")).get();
        NODE.client().appendToStream(stream, event("two")).get();

        assertThat(revisions(NODE.client(), stream)).containsExactly(0L, 1L);
        NODE.client().tombstoneStream(stream).get();
        assertThat(failure(NODE.client().appendToStream(stream, event("late"))))
                .isInstanceOf(StreamDeletedException.class);
        assertThat(revisions(NODE.client(), stream + "x")).containsExactly(0L);
    }

    @Test
    void shouldNotTakeTheBeginningOfANameForTheName() throws Exception {
        String stream = "prefix-" + UUID.randomUUID();
        NODE.client().appendToStream(stream + "-longer", event("one")).get();

        assertThat(failure(NODE.client().readStream(stream, ReadStreamOptions.get())))
                .isInstanceOf(StreamNotFoundException.class);
    }

    @Test
    void shouldRefuseToWriteWhereNobodyCanWrite() throws Exception {
        assertThat(Status.fromThrowable(failure(NODE.client().appendToStream("$all", event("one"))))
                        .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(Status.fromThrowable(failure(NODE.client().appendToStream("", event("one"))))
                        .getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
}
