package io.metachat.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.service.correlation.Correlation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two services in one JVM, as in the local system. */
@ExtendWith(OutputCaptureExtension.class)
class SharedJvmTest {

    private static ConfigurableApplicationContext users;
    private static ConfigurableApplicationContext diaries;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Greeter {

        @GetMapping("/greet")
        String greet() {
            LoggerFactory.getLogger("greeter").info("greeted");
            return Correlation.current().orElseThrow().id();
        }
    }

    @BeforeAll
    static void startBoth() {
        users = start("user-service");
        diaries = start("diary-service", "MANAGEMENT_PORT=0");
    }

    @AfterAll
    static void stopBoth() {
        users.close();
        diaries.close();
    }

    @Test
    void shouldLogUnderEachServicesOwnName(CapturedOutput output) throws Exception {
        assertThat(greet(users, "order-1")).isEqualTo("order-1");
        assertThat(greet(diaries, "order-2")).isEqualTo("order-2");
        assertThat(greet(users, "order-3")).isEqualTo("order-3");

        List<JsonNode> greetings = Arrays.stream(output.getOut().split("\n"))
                .filter(line -> line.contains("\"greeter\""))
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(greetings)
                .extracting(line -> line.get("service").asString())
                .containsExactly("user-service", "diary-service", "user-service");
        assertThat(greetings)
                .extracting(line -> line.get("correlationId").asString())
                .containsExactly("order-1", "order-2", "order-3");
    }

    @Test
    void shouldStayHealthyOnTheHttpPortWhenOperationsHaveTheirOwn() throws Exception {
        String http = port(diaries, "local.server.port");
        String management = port(diaries, "local.management.port");

        assertThat(management).isNotEqualTo(http);
        assertThat(get(http, "/health", "").statusCode()).isEqualTo(200);
        assertThat(get(http, "/ready", "").statusCode()).isEqualTo(200);
        assertThat(get(http, "/metrics", "").statusCode()).isEqualTo(404);
        assertThat(get(management, "/metrics", "").body()).contains("service=\"diary-service\"");
    }

    private static ConfigurableApplicationContext start(String name, String... more) {
        return new SpringApplicationBuilder(Greeter.class)
                .properties("spring.application.name=" + name, "server.port=0", "metachat.requires=")
                .properties(more)
                .run();
    }

    private static String greet(ConfigurableApplicationContext service, String correlationId) throws Exception {
        return get(port(service, "local.server.port"), "/greet", correlationId).body();
    }

    private static String port(ConfigurableApplicationContext service, String property) {
        return service.getEnvironment().getRequiredProperty(property);
    }

    private static HttpResponse<String> get(String port, String path, String correlationId) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-Correlation-Id", correlationId)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
