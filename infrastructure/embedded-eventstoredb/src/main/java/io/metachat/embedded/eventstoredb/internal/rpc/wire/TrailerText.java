package io.metachat.embedded.eventstoredb.internal.rpc.wire;

import java.nio.charset.StandardCharsets;

/** Encodes text for a trailer: characters other than printable ASCII become {@code %XX} of their UTF-8 bytes. */
final class TrailerText {

    private TrailerText() {}

    static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet <= '~') {
                printable.append((char) octet);
            } else {
                printable.append(String.format("%%%02X", octet & 0xFF));
            }
        }
        return printable.toString();
    }
}
