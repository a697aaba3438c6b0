package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.grpc.Status;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PumpTest {

    private final RecordingCall call = new RecordingCall();
    private final Deque<Runnable> queued = new ArrayDeque<>();
    private int asked;
    private int released;

    @Test
    void shouldSendEverythingAndComplete() {
        start(() -> asked <= 3 ? Pump.Supply.MORE : Pump.Supply.DONE);

        runAll();

        assertThat(call.messages).hasSize(4);
        assertThat(codes()).containsExactly(Status.Code.OK);
        assertThat(released).isEqualTo(1);
    }

    @Test
    void shouldAskForNothingMoreThanTheCallerTakes() {
        call.room = 2;
        start(() -> Pump.Supply.MORE);

        runAll();

        assertThat(call.messages).hasSize(2);
        assertThat(asked).isEqualTo(2);
        call.makeRoom(1);
        runAll();
        assertThat(call.messages).hasSize(3);
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void shouldLeaveTheThreadToOthersNowAndThen() {
        start(() -> Pump.Supply.MORE);

        runOne();

        assertThat(call.messages).hasSizeBetween(1, 512);
        assertThat(queued).hasSize(1);
    }

    @Test
    void shouldEndTheCallWithAStatusWhenItsSourceFails() {
        start(() -> {
            throw new StreamGone();
        });

        runAll();

        assertThat(codes()).containsExactly(Status.Code.INVALID_ARGUMENT);
        assertThat(released).isEqualTo(1);
    }

    @Test
    void shouldEndACallOnceEvenWhenEndingFails() {
        call.connectionIsGone = true;
        start(() -> {
            throw new StreamGone();
        });

        assertThatThrownBy(this::runAll).hasMessage("the event loop is shut down");

        assertThat(codes()).containsExactly(Status.Code.INVALID_ARGUMENT);
        assertThat(released).isEqualTo(1);
    }

    @Test
    void shouldNotBeQueuedAgainAfterItsEnd() {
        Pump pump = start(() -> Pump.Supply.WAITING);
        runAll();
        pump.end(observer -> observer.onError(RpcErrors.stopping()));
        runAll();
        assertThat(codes()).containsExactly(Status.Code.UNAVAILABLE);

        pump.end(observer -> observer.onError(RpcErrors.stopping()));
        pump.wake();
        call.cancel();

        assertThat(queued).isEmpty();
        assertThat(released).isEqualTo(1);
    }

    @Test
    void shouldLetGoWhenTheCallerHasGone() {
        start(() -> Pump.Supply.WAITING);
        runAll();

        call.cancel();
        runAll();

        assertThat(codes()).isEmpty();
        assertThat(released).isEqualTo(1);
    }

    /** With a source that puts out one message each time it is asked. */
    private Pump start(Supplier<Pump.Supply> source) {
        Pump pump = new Pump(call, queued::add) {
            @Override
            Supply supply() {
                asked++;
                Supply supply = source.get();
                if (supply != Supply.WAITING) {
                    offer(ReadResp.getDefaultInstance());
                }
                return supply;
            }

            @Override
            void released() {
                released++;
            }
        };
        pump.start();
        return pump;
    }

    private void runOne() {
        queued.remove().run();
    }

    private void runAll() {
        while (!queued.isEmpty()) {
            runOne();
        }
    }

    private Iterable<Status.Code> codes() {
        return call.ends.stream().map(Status::getCode).toList();
    }

    private static final class StreamGone extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
    }
}
