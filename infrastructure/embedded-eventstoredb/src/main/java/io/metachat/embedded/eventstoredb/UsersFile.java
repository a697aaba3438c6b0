package io.metachat.embedded.eventstoredb;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** The users file of a stand-alone server. */
final class UsersFile {

    private UsersFile() {}

    /** @return passwords by user name */
    static Map<String, String> read(Path file) {
        Properties users = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            users.load(reader);
        } catch (IOException | IllegalArgumentException failure) {
            throw new EventStoreDbStartException("the users cannot be read from " + file, failure);
        }
        return users.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, name -> users.getProperty(name)));
    }
}
