package io.metachat.projections.statistics;

import io.metachat.domain.mood.Topic;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the topics of entries; each topic's weight is its share of all of them. */
final class TopicFold {

    private final Map<String, Double> weights = new HashMap<>();

    void add(Map<String, Double> topics) {
        topics.forEach((name, weight) -> weights.merge(name, weight, Double::sum));
    }

    /** The heaviest first. */
    List<Topic> top(int count) {
        double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        return all == 0
                ? List.of()
                : weights.entrySet().stream()
                        .map(topic -> new Topic(topic.getKey(), topic.getValue() / all))
                        .sorted(Comparator.comparingDouble(Topic::weight)
                                .reversed()
                                .thenComparing(Topic::name))
                        .limit(count)
                        .toList();
    }
}
