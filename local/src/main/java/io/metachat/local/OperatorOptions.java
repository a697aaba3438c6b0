package io.metachat.local;

import io.metachat.local.operator.OperatorClient;
import io.metachat.local.operator.OperatorToken;
import io.metachat.local.system.Endpoint;
import io.metachat.local.system.LocalException;
import io.metachat.local.system.SystemState;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose projections are meant: those of the local system, or of a projection-service elsewhere. */
final class OperatorOptions {

    private static final String TOKEN_VARIABLE = "METACHAT_OPERATOR_TOKEN";

    @Mixin
    private HomeOptions home;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Another projection-service, as in http://host:8083; with an operator's access token in"
                    + " $" + TOKEN_VARIABLE + ".")
    private Optional<URI> url = Optional.empty();

    /** @throws LocalException when the local system is meant and is not up */
    OperatorClient client() {
        return url.map(elsewhere -> {
                    String token = System.getenv(TOKEN_VARIABLE);
                    if (token == null || token.isBlank()) {
                        throw new LocalException(
                                "an operator's access token is needed for " + elsewhere + ": set " + TOKEN_VARIABLE);
                    }
                    return new OperatorClient(elsewhere, () -> token.strip());
                })
                .orElseGet(this::local);
    }

    private OperatorClient local() {
        SystemState state = home.living();
        int port = state.ports().get(Endpoint.PROJECTION_SERVICE.label());
        String secret = home.home().jwtSecret();
        return new OperatorClient(
                URI.create("http://127.0.0.1:" + port), () -> OperatorToken.signed(secret, Instant.now()));
    }
}
