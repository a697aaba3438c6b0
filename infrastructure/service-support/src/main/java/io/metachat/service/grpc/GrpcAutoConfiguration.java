package io.metachat.service.grpc;

import io.grpc.BindableService;
import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptor;
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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gRPC server, where there is something to serve, and the channels to other services. */
@AutoConfiguration(after = {SecurityAutoConfiguration.class, ErrorAutoConfiguration.class})
@EnableConfigurationProperties({GrpcServerProperties.class, GrpcClientProperties.class})
public class GrpcAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GrpcClients grpcClients(GrpcClientProperties properties, ObjectProvider<MeterRegistry> meters) {
        List<ClientInterceptor> measuring = new ArrayList<>();
        meters.ifAvailable(registry -> measuring.add(new MetricCollectingClientInterceptor(registry)));
        return new GrpcClients(properties, measuring);
    }

    /** Only with something to serve; every method is authenticated, so the secret is needed too. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(BindableService.class)
    static class Serving {

        @Bean
        @ConditionalOnMissingBean
        GrpcServer grpcServer(
                GrpcServerProperties properties,
                List<BindableService> services,
                @Value("${spring.application.name}") String service,
                Problems problems,
                AccessTokenVerifier verifier,
                List<MethodAccess> access,
                ObjectProvider<Revocations> revocations,
                ObjectProvider<MeterRegistry> meters) {
            List<ServerInterceptor> interceptors = new ArrayList<>();
            meters.ifAvailable(registry -> interceptors.add(new MetricCollectingServerInterceptor(registry)));
            interceptors.add(new CorrelationServerInterceptor(service));
            interceptors.add(new ProblemInterceptor(problems));
            interceptors.add(new AuthenticationInterceptor(
                    verifier, access, revocations.orderedStream().toList()));
            interceptors.add(new CallContextInterceptor());
            return new GrpcServer(properties, services, interceptors);
        }
    }
}
