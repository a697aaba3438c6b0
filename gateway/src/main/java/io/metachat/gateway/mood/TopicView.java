package io.metachat.gateway.mood;

import io.metachat.proto.v1.Topic;
import java.util.List;

/** A topic and its share of the text, from 0 to 1. */
public record TopicView(String name, double weight) {

    public static List<TopicView> all(List<Topic> topics) {
        return topics.stream()
                .map(topic -> new TopicView(topic.getName(), topic.getWeight()))
                .toList();
    }
}
