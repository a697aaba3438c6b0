package io.metachat.matching;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The matching-service as a process of its own. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MatchingServiceApplication {

    /** The name of the service's configuration file, without its ending. */
    public static final String CONFIG_NAME = "matching-service";

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(MatchingServiceApplication.class)
                .properties("spring.config.name=" + CONFIG_NAME)
                .run(arguments);
    }
}
