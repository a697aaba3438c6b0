package io.metachat.projections;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The projection-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ProjectionServiceApplication {

    /** The name of the configuration file: several services may share one class path. */
    public static final String CONFIG = "spring.config.name=projection-service";

    public static void main(String[] args) {
        new SpringApplicationBuilder(ProjectionServiceApplication.class)
                .properties(CONFIG)
                .run(args);
    }
}
