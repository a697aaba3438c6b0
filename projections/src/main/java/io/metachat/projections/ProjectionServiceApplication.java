package io.metachat.projections;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The projection-service. */
@SpringBootApplication
@EnableConfigurationProperties(ProjectionProperties.class)
public class ProjectionServiceApplication {

    /** The name of the configuration file: several services may share one class path. */
    public static final String CONFIG = "spring.config.name=projection-service";

    public static void main(String[] args) {
        new SpringApplicationBuilder(ProjectionServiceApplication.class)
                .properties(CONFIG)
                .run(args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
