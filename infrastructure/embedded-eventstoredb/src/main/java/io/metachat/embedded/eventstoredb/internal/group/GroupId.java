package io.metachat.embedded.eventstoredb.internal.group;

/** Which group: the stream it reads ({@code $all} for the whole log) and its name. */
public record GroupId(String stream, String name) {

    /** Beginning of the streams in which groups keep what they know. */
    static final String STREAM_PREFIX = "$persistentsubscription-";

    String checkpointStream() {
        return STREAM_PREFIX + stream + "::" + name + "-checkpoint";
    }

    String parkedStream() {
        return STREAM_PREFIX + stream + "::" + name + "-parked";
    }
}
