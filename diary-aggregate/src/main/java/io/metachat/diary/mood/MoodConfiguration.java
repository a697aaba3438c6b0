package io.metachat.diary.mood;

import io.metachat.kafka.relay.CloudEventSubscription;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.Problems;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the mood service's results come in. */
@Configuration(proxyBeanMethods = false)
class MoodConfiguration {

    private static final String ANALYSES = "metachat.mood.analyses";
    private static final String ANALYSED = "metachat.mood.EntryAnalysed.v1";

    /** What may be over later: the store is away, or somebody keeps writing in the same diary. */
    private static final Set<ProblemCategory> PASSING =
            EnumSet.of(ProblemCategory.UNAVAILABLE, ProblemCategory.CONFLICT);

    @Bean
    static CloudEventSubscription moodAnalyses(
            MoodResults results, Problems problems, @Value("${spring.application.name}") String service) {
        return CloudEventSubscription.to(ANALYSES)
                .as(service)
                .on(ANALYSED, results::record)
                .transientWhen(failure -> PASSING.contains(problems.of(failure).category()))
                .build();
    }
}
