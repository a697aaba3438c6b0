package io.metachat.embedded.eventstoredb.internal.group;

/** The identity of a group: the stream that it reads ({@code $all} for the whole log) and its name. */
public record GroupId(String stream, String name) {

    /** The prefix of the streams that hold the groups' own data. */
    static final String STREAM_PREFIX = "$persistentsubscription-";

    String checkpointStream() {
        return STREAM_PREFIX + stream + "::" + name + "-checkpoint";
    }

    String parkedStream() {
        return STREAM_PREFIX + stream + "::" + name + "-parked";
    }
}
