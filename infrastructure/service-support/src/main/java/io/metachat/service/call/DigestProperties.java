package io.metachat.service.call;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys of digests that are stored.
 *
 * @param keys from {@code DIGEST_KEYS}, in the form of {@link DigestKeys#FORM}; empty for services without commands
 */
@ConfigurationProperties("metachat.digests")
public record DigestProperties(@DefaultValue("") String keys) {

    @Override
    public String toString() {
        return "DigestProperties[]";
    }
}
