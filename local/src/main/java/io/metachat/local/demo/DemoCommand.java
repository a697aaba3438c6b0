package io.metachat.local.demo;

import io.metachat.local.home.Endpoint;
import io.metachat.local.home.HomeOptions;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.Phase;
import io.metachat.local.terminal.Terminal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Run a demo through the real API: people register, write, get their moods and are matched.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "API of another MetaChat, for example http://127.0.0.1:8080/api/v1.")
    private Optional<URI> url = Optional.empty();

    public DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        new Demo(terminal, client, url.orElseGet(this::ownUrl)).run();
    }

    private URI ownUrl() {
        SystemState state = options.living();
        if (state.phase() != Phase.READY) {
            throw new LocalException("MetaChat is not ready yet. ./metachat status shows what is starting.");
        }
        int port = state.portOf(Endpoint.GATEWAY);
        return URI.create("http://127.0.0.1:" + port + "/api/v1");
    }
}
