package io.metachat.service.grpc;

import io.grpc.BindableService;
import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.services.HealthStatusManager;
import io.metachat.service.call.DigestKeys;
import io.metachat.service.call.DigestProperties;
import io.metachat.service.error.ErrorAutoConfiguration;
import io.metachat.service.error.Problems;
import io.metachat.service.security.AccessTokenVerifier;
import io.metachat.service.security.AuthenticationInterceptor;
import io.metachat.service.security.MethodAccess;
import io.metachat.service.security.Revocations;
import io.metachat.service.security.SecurityAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingClientInterceptor;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.GrpcServerFactory;

/** The interceptors and the start order of Spring Boot's gRPC server, and the channels to other services. */
@AutoConfiguration(
        after = {SecurityAutoConfiguration.class, ErrorAutoConfiguration.class},
        before = GrpcServerAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration"
        })
@EnableConfigurationProperties({GrpcClients.Properties.class, DigestProperties.class})
public class GrpcAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GrpcClients grpcClients(GrpcClients.Properties properties, ObjectProvider<MeterRegistry> meters) {
        List<ClientInterceptor> measuring = new ArrayList<>();
        meters.ifAvailable(registry -> measuring.add(new MetricCollectingClientInterceptor(registry)));
        return new GrpcClients(properties, measuring);
    }

    /**
     * Only for a service with methods. Every method is authenticated, so the secret is required too. The order of the
     * interceptors is from the outermost to the innermost.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(BindableService.class)
    static class Serving {

        // Boot names the bean by the transport on the class path, which other services of the process may bring.
        @Bean({"nettyGrpcServerLifecycle", "shadedNettyGrpcServerLifecycle"})
        GrpcServer grpcServer(
                GrpcServerFactory factory,
                GrpcServerProperties properties,
                ApplicationEventPublisher events,
                HealthStatusManager health) {
            return new GrpcServer(factory, properties.getShutdown().getGracePeriod(), events, health);
        }

        /** @param threads how many calls are handled at the same time; further ones wait */
        @Bean
        GrpcServerWorkers grpcServerWorkers(@Value("${metachat.grpc.server.threads:48}") int threads) {
            return new GrpcServerWorkers(threads);
        }

        @Bean
        @GlobalServerInterceptor
        @Order(10)
        @ConditionalOnBean(MeterRegistry.class)
        ServerInterceptor metricsInterceptor(MeterRegistry meters) {
            return new MetricCollectingServerInterceptor(meters);
        }

        @Bean
        @GlobalServerInterceptor
        @Order(20)
        ServerInterceptor correlationInterceptor(@Value("${spring.application.name}") String service) {
            return new CorrelationServerInterceptor(service);
        }

        @Bean
        @GlobalServerInterceptor
        @Order(30)
        ServerInterceptor problemInterceptor(Problems problems) {
            return new ProblemInterceptor(problems);
        }

        @Bean
        @GlobalServerInterceptor
        @Order(40)
        ServerInterceptor authenticationInterceptor(
                AccessTokenVerifier verifier, List<MethodAccess> access, ObjectProvider<Revocations> revocations) {
            return new AuthenticationInterceptor(
                    verifier, access, revocations.orderedStream().toList());
        }

        @Bean
        @GlobalServerInterceptor
        @Order(50)
        ServerInterceptor callContextInterceptor(ObjectProvider<DigestKeys> digestKeys) {
            return new CallContextInterceptor(digestKeys.getIfAvailable());
        }

        /** Services with commands require {@code DIGEST_KEYS}. */
        @Bean
        @ConditionalOnProperty("metachat.digests.keys")
        static DigestKeys digestKeys(DigestProperties properties) {
            return DigestKeys.parse(properties.keys());
        }
    }
}
