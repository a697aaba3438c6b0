package io.metachat.local.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path directory;

    private Home home;

    @BeforeEach
    void create() {
        home = new Home(directory.resolve("home"));
        home.create();
    }

    @Test
    void shouldMakeASecretOfAtLeast32BytesAndKeepIt() {
        String secret = home.jwtSecret();

        assertThat(secret).hasSizeGreaterThanOrEqualTo(32);
        assertThat(new Home(home.path()).jwtSecret()).isEqualTo(secret);
    }

    @Test
    void shouldMakeDigestKeysInAHomeOfAnEarlierBuild() throws Exception {
        home.jwtSecret();

        String keys = home.digestKeys();

        assertThat(keys).matches("local:[A-Za-z0-9_-]{32,}").doesNotContain(home.jwtSecret());
        assertThat(new Home(home.path()).digestKeys()).isEqualTo(keys);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.path().resolve("digest-keys"))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldMakeAnotherSecretForAnotherHome() {
        Home other = new Home(directory.resolve("other"));
        other.create();

        assertThat(other.jwtSecret()).isNotEqualTo(home.jwtSecret());
    }

    @Test
    void shouldLetTheOwnerAloneReadTheSecret() throws Exception {
        home.jwtSecret();

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.path().resolve("jwt-secret"))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldListItsLogs() throws Exception {
        Files.writeString(home.log("kafka"), "");
        Files.writeString(home.log("cassandra"), "");
        Files.writeString(home.logs().resolve("kafka.log.1"), "");

        assertThat(home.logNames()).containsExactly("cassandra", "kafka");
    }

    @Test
    void shouldDeleteEverything() {
        home.jwtSecret();

        home.delete();

        assertThat(home.path()).doesNotExist();
        assertThat(home.logNames()).isEmpty();
    }
}
