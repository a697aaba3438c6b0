package io.metachat.diary;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The diary-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DiaryServiceApplication {

    /** The name of the configuration file: several services may share one class path. */
    public static final String CONFIG = "spring.config.name=diary-service";

    public static void main(String[] args) {
        new SpringApplicationBuilder(DiaryServiceApplication.class)
                .properties(CONFIG)
                .run(args);
    }
}
