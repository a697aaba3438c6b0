package io.metachat.local.operator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Encodes user input as one segment of a URL's path. */
final class PathSegment {

    private PathSegment() {}

    static String of(String typed) {
        return URLEncoder.encode(typed, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
