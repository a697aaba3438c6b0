package io.metachat.embedded.eventstoredb.internal.rpc;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The accepted connections. They can be cut abruptly, like a failing network does. */
final class Connections {

    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    ServerChannel newServerChannel() {
        return new Acceptor();
    }

    void cutAll() {
        open.stream().filter(Channel::isRegistered).forEach(Connections::cut);
    }

    /** Closes the channel below its pipeline. gRPC's handler would first send GOAWAY and wait for the calls. */
    private static void cut(Channel channel) {
        channel.eventLoop()
                .execute(() -> channel.unsafe().close(channel.unsafe().voidPromise()));
    }

    private final class Acceptor extends NioServerSocketChannel {
        @Override
        protected int doReadMessages(List<Object> accepted) throws Exception {
            int known = accepted.size();
            int count = super.doReadMessages(accepted);
            for (Object connection : accepted.subList(known, accepted.size())) {
                Channel channel = (Channel) connection;
                open.add(channel);
                channel.closeFuture().addListener(closed -> open.remove(channel));
            }
            return count;
        }
    }
}
