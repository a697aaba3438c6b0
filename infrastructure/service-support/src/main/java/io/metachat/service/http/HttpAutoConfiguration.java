package io.metachat.service.http;

import io.metachat.service.error.ErrorAutoConfiguration;
import io.metachat.service.error.Problems;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Response headers and problem documents, on the port of every service. */
@AutoConfiguration(after = ErrorAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class HttpAutoConfiguration {

    /** The place of the filter of response headers: after the correlation, and before every filter that responds. */
    public static final int HEADERS_ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

    @Bean
    FilterRegistrationBean<ResponseHeadersFilter> responseHeadersFilter() {
        return headers();
    }

    @Bean
    ContainerProblems containerProblems() {
        return new ContainerProblems();
    }

    @Bean
    HttpProblems httpProblems(Problems problems) {
        return new HttpProblems(problems);
    }

    static FilterRegistrationBean<ResponseHeadersFilter> headers() {
        FilterRegistrationBean<ResponseHeadersFilter> registration =
                new FilterRegistrationBean<>(new ResponseHeadersFilter());
        registration.setOrder(HEADERS_ORDER);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }
}
