package io.metachat.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MetachatCommandTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldSayThatNothingIsUp() {
        assertThat(run("status", "--home", home())).isEqualTo(3);
        assertThat(out()).contains("MetaChat is not up. ./metachat up starts it.");
    }

    @Test
    void shouldHaveNothingToStop() {
        assertThat(run("down", "--home", home())).isZero();
        assertThat(out()).contains("MetaChat is not up.");
    }

    @Test
    void shouldNotShowADemoOfWhatIsNotUp() {
        assertThat(run("demo", "--home", home())).isEqualTo(1);
        assertThat(err()).isEqualTo("MetaChat is not up. ./metachat up starts it.\n");
    }

    @Test
    void shouldNameTheServicesWhenAnUnknownOneIsAskedFor() {
        assertThat(run("up", "--home", home(), "--separate", "mail-service")).isEqualTo(1);
        assertThat(err()).contains("unknown service mail-service; the services are user-service, diary-service");
    }

    @Test
    void shouldExplainTheUsageWhenACommandIsUnknown() {
        assertThat(run("start")).isEqualTo(2);
    }

    @Test
    void shouldDeleteWhenToldYes() throws Exception {
        Files.createDirectories(directory.resolve("home/data"));

        assertThat(run("reset", "--home", home(), "--yes")).isZero();

        assertThat(directory.resolve("home")).doesNotExist();
    }

    @Test
    void shouldNotDeleteUnasked() throws Exception {
        Files.createDirectories(directory.resolve("home/data"));

        assertThat(run("reset", "--home", home())).isEqualTo(1);

        assertThat(directory.resolve("home/data")).exists();
        assertThat(err()).contains("confirm with --yes");
    }

    @Test
    void shouldShowTheLastLinesOfALog() throws Exception {
        Files.createDirectories(directory.resolve("home/logs"));
        Files.writeString(directory.resolve("home/logs/kafka.log"), "one\ntwo\nthree\n");

        assertThat(run("logs", "kafka", "-n", "2", "--home", home())).isZero();

        assertThat(out()).isEqualTo("kafka        | two\nkafka        | three\n");
    }

    @Test
    void shouldNameTheLogsWhenAnUnknownOneIsAskedFor() throws Exception {
        Files.createDirectories(directory.resolve("home/logs"));
        Files.writeString(directory.resolve("home/logs/kafka.log"), "");

        assertThat(run("logs", "rabbit", "--home", home())).isEqualTo(1);
        assertThat(err()).contains("there is no log rabbit; the logs are kafka");
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(print(out), print(err), false, false);
        CommandLine commandLine = MetachatCommand.commandLine(terminal);
        commandLine.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        return commandLine.execute(arguments);
    }

    private String home() {
        return directory.resolve("home").toString();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
