package io.metachat.local.operator;

import io.metachat.local.home.Endpoint;
import io.metachat.local.home.HomeOptions;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.SystemState;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which service is meant: one of the local system, or one elsewhere. */
final class OperatorOptions {

    private static final String TOKEN_VARIABLE = "METACHAT_OPERATOR_TOKEN";

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The service elsewhere, as in http://host:8083; with an operator's access token in $"
                    + TOKEN_VARIABLE + ".")
    private Optional<URI> url = Optional.empty();

    /** Whether a service elsewhere is meant. */
    boolean isElsewhere() {
        return url.isPresent();
    }

    /** The projection-service. */
    OperatorClient client() {
        return client(Endpoint.PROJECTION_SERVICE);
    }

    /**
     * @param service which of the local system's, when that is meant
     * @throws LocalException when the local system is meant and is not up
     */
    OperatorClient client(Endpoint service) {
        return url.map(elsewhere -> {
                    String token = System.getenv(TOKEN_VARIABLE);
                    if (token == null || token.isBlank()) {
                        throw new LocalException(
                                "an operator's access token is needed for " + elsewhere + ": set " + TOKEN_VARIABLE);
                    }
                    return new OperatorClient(elsewhere, () -> token.strip());
                })
                .orElseGet(() -> local(service));
    }

    private OperatorClient local(Endpoint service) {
        SystemState state = home.living();
        int port = state.portOf(service);
        String secret = home.home().jwtSecret();
        return new OperatorClient(
                URI.create("http://127.0.0.1:" + port), () -> OperatorToken.signed(secret, Instant.now()));
    }
}
