package io.metachat.embedded.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A configuration file of a server, stored as a resource next to the class that uses it.
 *
 * @param text the file with <code>${NAME}</code> placeholders
 */
public record ConfigurationTemplate(String text) {

    /** @param owner the class in the resource's package */
    public static ConfigurationTemplate of(Class<?> owner, String resource) throws IOException {
        try (InputStream content = owner.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IOException("the resource " + resource + " of " + owner.getPackageName() + " is missing");
            }
            return new ConfigurationTemplate(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public Path write(Path file, Map<String, String> values) throws IOException {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.writeString(file, filled);
    }
}
