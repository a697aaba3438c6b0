package io.metachat.matching;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The matching-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MatchingServiceApplication {

    /** The name of the configuration file: several services may share one class path. */
    public static final String CONFIG = "spring.config.name=matching-service";

    public static void main(String[] args) {
        new SpringApplicationBuilder(MatchingServiceApplication.class)
                .properties(CONFIG)
                .run(args);
    }
}
