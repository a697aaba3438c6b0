package io.metachat.axon.cassandra.autoconfigure;

import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when {@code axon.cassandra.contact-points} names a host, be it as a list or in one line. */
final class OnContactPoints implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Binder.get(context.getEnvironment())
                .bind("axon.cassandra.contact-points", Bindable.listOf(String.class))
                .orElse(List.of())
                .stream()
                .anyMatch(point -> !point.isBlank());
    }
}
