package io.metachat.local.operator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What somebody typed, as one segment of a path. */
final class PathSegment {

    private PathSegment() {}

    static String of(String typed) {
        return URLEncoder.encode(typed, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
