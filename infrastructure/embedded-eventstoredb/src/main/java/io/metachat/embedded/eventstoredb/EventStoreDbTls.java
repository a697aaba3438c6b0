package io.metachat.embedded.eventstoredb;

import java.nio.file.Path;

/**
 * The files for TLS.
 *
 * @param certificate a file with the server's certificate chain in PEM
 * @param key a file with its private key in PEM (PKCS #8), without a password
 */
public record EventStoreDbTls(Path certificate, Path key) {}
