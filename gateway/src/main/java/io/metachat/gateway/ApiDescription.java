package io.metachat.gateway;

import io.metachat.gateway.http.Exchange;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the OpenAPI description that do not come from the routes. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String BEARER = "accessToken";

    ApiDescription() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Exchange.class);
    }

    @Bean
    OpenAPI metachatApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("MetaChat")
                        .version("v1")
                        .description("""
                                A private diary that understands mood and introduces people.

                                Errors are application/problem+json (RFC 9457) with a stable `type`. Writes accept \
                                `Idempotency-Key` and respond with `X-MetaChat-Position`; reads that send it back as \
                                `X-MetaChat-Min-Position` see the write. Edits take `If-Match`. Lists are paged \
                                by `limit` and `cursor`.""")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }
}
