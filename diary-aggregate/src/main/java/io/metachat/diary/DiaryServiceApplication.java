package io.metachat.diary;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The diary-service. */
@SpringBootApplication
public class DiaryServiceApplication {

    /** The name of the configuration file: several services may share one class path. */
    public static final String CONFIG = "spring.config.name=diary-service";

    public static void main(String[] args) {
        new SpringApplicationBuilder(DiaryServiceApplication.class)
                .properties(CONFIG)
                .run(args);
    }
}
