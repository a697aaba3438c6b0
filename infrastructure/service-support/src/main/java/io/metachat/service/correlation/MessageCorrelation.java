package io.metachat.service.correlation;

import io.metachat.service.call.MetadataKeys;
import io.metachat.service.logging.ServiceName;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Carries the correlation through Axon: it is bound to the thread while a message is handled, and every message
 * published meanwhile names the handled one as its cause.
 */
public final class MessageCorrelation implements CorrelationDataProvider, MessageHandlerInterceptor<Message<?>> {

    private final String service;

    public MessageCorrelation(String service) {
        this.service = service;
    }

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        Map<String, Object> data = new HashMap<>();
        Correlation correlation = of(message);
        data.put(MetadataKeys.CORRELATION_ID, correlation.id());
        data.put(MetadataKeys.CAUSATION_ID, causeOf(message));
        data.put(MetadataKeys.TRACEPARENT, correlation.trace().toString());
        // A key belongs to the client's command and its events, not to the commands that follow from them.
        if (message instanceof CommandMessage<?>) {
            copy(message, MetadataKeys.IDEMPOTENCY_KEY, data);
            copy(message, MetadataKeys.IDEMPOTENCY_FINGERPRINT, data);
        }
        return data;
    }

    @Override
    public Object handle(UnitOfWork<? extends Message<?>> unitOfWork, InterceptorChain chain) throws Exception {
        Message<?> message = unitOfWork.getMessage();
        try (ServiceName.Scope name = ServiceName.open(service);
                Correlation.Scope scope = of(message).open()) {
            return chain.proceed();
        }
    }

    // Commands are not stored. An event caused via a command therefore names the event before it.
    private static String causeOf(Message<?> message) {
        String cause = message instanceof CommandMessage<?> ? text(message, MetadataKeys.CAUSATION_ID) : null;
        return cause == null ? message.getIdentifier() : cause;
    }

    // A message without a correlation starts its own.
    private static Correlation of(Message<?> message) {
        String id = text(message, MetadataKeys.CORRELATION_ID);
        TraceParent trace = TraceParent.parse(text(message, MetadataKeys.TRACEPARENT))
                .or(() -> Correlation.current().map(Correlation::trace))
                .orElseGet(TraceParent::start);
        return new Correlation(id == null ? message.getIdentifier() : id, message.getIdentifier(), trace);
    }

    private static void copy(Message<?> message, String key, Map<String, Object> data) {
        String value = text(message, key);
        if (value != null) {
            data.put(key, value);
        }
    }

    private static @Nullable String text(Message<?> message, String key) {
        return message.getMetaData().get(key) instanceof String value ? value : null;
    }
}
