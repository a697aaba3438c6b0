package io.metachat.benchmarks.projections;

import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.projections.table.Projection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Receives every entry and writes nothing, which leaves the cost of receiving events. */
@Configuration(proxyBeanMethods = false)
class NoOpProjection {

    static final String NAME = "nothing";

    @Bean
    static Projection nothing() {
        return Projection.named(NAME)
                .on(EntryWritten.class, (event, writes) -> {})
                .build();
    }
}
