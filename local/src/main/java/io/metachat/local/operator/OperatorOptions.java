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

/** The target of an operator's command: a service of the local system, or a remote one. */
final class OperatorOptions {

    private static final String TOKEN_VARIABLE = "METACHAT_OPERATOR_TOKEN";

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "URL of a remote service, for example http://host:8083; set the operator's access token in $"
                    + TOKEN_VARIABLE + ".")
    private Optional<URI> url = Optional.empty();

    /** Whether the target is a remote service. */
    boolean isRemote() {
        return url.isPresent();
    }

    /** Returns a client for the projection-service. */
    OperatorClient client() {
        return client(Endpoint.PROJECTION_SERVICE);
    }

    /**
     * @param service the service of the local system, if that is the target
     * @throws LocalException if the target is the local system, and it is not up
     */
    OperatorClient client(Endpoint service) {
        return url.map(remote -> {
                    String token = System.getenv(TOKEN_VARIABLE);
                    if (token == null || token.isBlank()) {
                        throw new LocalException(
                                "an operator's access token is needed for " + remote + ": set " + TOKEN_VARIABLE);
                    }
                    return new OperatorClient(remote, () -> token.strip());
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
