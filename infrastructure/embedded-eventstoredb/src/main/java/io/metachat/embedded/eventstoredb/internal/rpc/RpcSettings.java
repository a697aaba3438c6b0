package io.metachat.embedded.eventstoredb.internal.rpc;

import io.metachat.embedded.eventstoredb.internal.rpc.access.User;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * @param port the port; 0 for a free one
 * @param maxAppendSize the maximum size of an append in bytes
 * @param users the known users; if empty, access is open
 */
public record RpcSettings(String host, int port, int maxAppendSize, List<User> users, Optional<Tls> tls) {

    /** Certificate chain and private key, both PEM files. */
    public record Tls(Path certificate, Path key) {}
}
