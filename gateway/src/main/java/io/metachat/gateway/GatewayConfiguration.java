package io.metachat.gateway;

import io.grpc.ManagedChannel;
import io.metachat.gateway.http.ExchangeResolver;
import io.metachat.gateway.http.QueryStringFilter;
import io.metachat.gateway.http.RequestBodyFilter;
import io.metachat.gateway.http.WellFormedText;
import io.metachat.proto.v1.DiaryCommandsGrpc;
import io.metachat.proto.v1.MatchingGrpc;
import io.metachat.proto.v1.QueriesGrpc;
import io.metachat.proto.v1.UserCommandsGrpc;
import io.metachat.service.grpc.GrpcClients;
import io.metachat.service.grpc.Retries;
import io.metachat.service.http.HttpAutoConfiguration;
import io.metachat.service.json.StrictJson;
import io.metachat.service.security.AccessTokenVerifier;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.module.SimpleModule;

/** Wires the gateway: stubs, filters and arguments of routes. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    private static final int AFTER_HEADERS = HttpAutoConfiguration.HEADERS_ORDER;

    @Bean
    UserCommandsGrpc.UserCommandsBlockingStub userCommands(GrpcClients clients, GatewayProperties properties) {
        return UserCommandsGrpc.newBlockingStub(
                clients.channel("user-service", properties.services().user()));
    }

    @Bean
    DiaryCommandsGrpc.DiaryCommandsBlockingStub diaryCommands(GrpcClients clients, GatewayProperties properties) {
        return DiaryCommandsGrpc.newBlockingStub(
                clients.channel("diary-service", properties.services().diary()));
    }

    @Bean
    MatchingGrpc.MatchingBlockingStub matching(GrpcClients clients, GatewayProperties properties) {
        return MatchingGrpc.newBlockingStub(clients.channel(
                "matching-service",
                properties.services().matching(),
                Retries.of(MatchingGrpc.getFindCandidatesMethod(), MatchingGrpc.getGetCompatibilityMethod())));
    }

    @Bean
    QueriesGrpc.QueriesBlockingStub queries(GrpcClients clients, GatewayProperties properties) {
        return QueriesGrpc.newBlockingStub(projections(clients, properties));
    }

    @Bean
    QueriesGrpc.QueriesStub streamingQueries(GrpcClients clients, GatewayProperties properties) {
        return QueriesGrpc.newStub(projections(clients, properties));
    }

    private static ManagedChannel projections(GrpcClients clients, GatewayProperties properties) {
        return clients.channel(
                "projection-service",
                properties.services().projection(),
                Retries.of(QueriesGrpc.getServiceDescriptor()));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder -> {
            StrictJson.configure(builder);
            builder.addModule(new SimpleModule("well-formed-text").addDeserializer(String.class, new WellFormedText()));
        };
    }

    @Bean
    FilterRegistrationBean<RequestBodyFilter> requestBodyFilter(GatewayProperties properties) {
        FilterRegistrationBean<RequestBodyFilter> registration =
                new FilterRegistrationBean<>(new RequestBodyFilter(properties.maxBody()));
        registration.addUrlPatterns("/api/*");
        registration.setOrder(AFTER_HEADERS + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<QueryStringFilter> queryStringFilter() {
        FilterRegistrationBean<QueryStringFilter> registration = new FilterRegistrationBean<>(new QueryStringFilter());
        // After the filter of bodies: parsing parameters before would consume the body of a form.
        registration.setOrder(AFTER_HEADERS + 2);
        return registration;
    }

    @Bean
    WebMvcConfigurer exchangeArguments(AccessTokenVerifier tokens) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new ExchangeResolver(tokens));
            }
        };
    }
}
