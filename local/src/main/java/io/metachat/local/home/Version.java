package io.metachat.local.home;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of MetaChat, set by the build. */
public final class Version {

    private static final String RESOURCE = "/io/metachat/local/version.properties";

    private Version() {}

    public static String current() {
        try (InputStream content = Version.class.getResourceAsStream(RESOURCE)) {
            if (content == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            Properties properties = new Properties();
            properties.load(content);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
