package io.metachat.embedded.eventstoredb.internal.rpc;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows the accepted connections, so that they can be cut without a word, as a failing network does. */
final class Connections {

    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    ServerChannel newServerChannel() {
        return new Acceptor();
    }

    void cutAll() {
        open.stream().filter(Channel::isRegistered).forEach(Connections::cut);
    }

    /** Below the pipeline: gRPC's handler in it would say goodbye first and wait for the calls. */
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
