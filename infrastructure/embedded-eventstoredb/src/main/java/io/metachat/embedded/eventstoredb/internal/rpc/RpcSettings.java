package io.metachat.embedded.eventstoredb.internal.rpc;

import java.util.Map;

/**
 * @param port 0 for a free one
 * @param maxAppendSize bytes
 * @param credentials passwords by user; empty lets everybody in
 */
public record RpcSettings(String host, int port, int maxAppendSize, Map<String, String> credentials) {}
