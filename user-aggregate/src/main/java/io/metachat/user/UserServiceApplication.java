package io.metachat.user;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The user-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class UserServiceApplication {

    /** The name of the configuration file: several services may share one class path. */
    public static final String CONFIG = "spring.config.name=user-service";

    public static void main(String[] args) {
        new SpringApplicationBuilder(UserServiceApplication.class)
                .properties(CONFIG)
                .run(args);
    }
}
