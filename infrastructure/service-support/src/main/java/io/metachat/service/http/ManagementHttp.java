package io.metachat.service.http;

import io.metachat.service.correlation.CorrelationFilter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * The management port, a connector with threads of its own: {@code /health} and {@code /ready} respond there even if the
 * service's port does not. It does not inherit the filters and error handling of the service's port.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class ManagementHttp {

    @Bean
    FilterRegistrationBean<CorrelationFilter> correlationFilter(@Value("${spring.application.name}") String service) {
        FilterRegistrationBean<CorrelationFilter> registration =
                new FilterRegistrationBean<>(new CorrelationFilter(service));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    FilterRegistrationBean<ResponseHeadersFilter> responseHeadersFilter() {
        return HttpAutoConfiguration.headers();
    }

    @Bean
    FilterRegistrationBean<ProbePathsFilter> probePathsFilter() {
        FilterRegistrationBean<ProbePathsFilter> registration = new FilterRegistrationBean<>(new ProbePathsFilter());
        registration.setOrder(HttpAutoConfiguration.HEADERS_ORDER + 1);
        return registration;
    }

    @Bean
    ContainerProblems containerProblems() {
        return new ContainerProblems();
    }
}
