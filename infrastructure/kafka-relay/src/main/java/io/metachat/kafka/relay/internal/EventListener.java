package io.metachat.kafka.relay.internal;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.metachat.kafka.relay.CloudEventHandler;
import io.metachat.kafka.relay.CloudEventSubscription;
import io.metachat.kafka.relay.MalformedEventException;
import io.metachat.kafka.relay.ReceivedEvent;
import io.metachat.kafka.relay.ReceivedEventInterceptor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads a record as a CloudEvent and passes it to the handler of its type. */
final class EventListener {

    private final CloudEventSubscription subscription;
    private final List<ReceivedEventInterceptor> interceptors;
    private final Counter handled;

    EventListener(
            CloudEventSubscription subscription, List<ReceivedEventInterceptor> interceptors, MeterRegistry meters) {
        this.subscription = subscription;
        this.interceptors = interceptors;
        this.handled = meters.counter("kafka.relay.handled", "topic", subscription.topic());
    }

    void onMessage(ConsumerRecord<byte[], byte[]> record) {
        CloudEvent cloudEvent = read(record);
        CloudEventHandler handler = subscription.handlers().get(cloudEvent.getType());
        if (handler == null) {
            return;
        }
        ReceivedEvent event = received(cloudEvent);
        try {
            around(event, 0, () -> handler.handle(event));
            handled.increment();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new HandlingFailedException(failed);
        }
    }

    /** Carries a checked exception of a handler through the listener container. */
    static final class HandlingFailedException extends RuntimeException {
        HandlingFailedException(Exception cause) {
            super("Handling an event failed", cause);
        }
    }

    private void around(ReceivedEvent event, int index, ReceivedEventInterceptor.Handling handling) throws Exception {
        if (index == interceptors.size()) {
            handling.proceed();
        } else {
            interceptors.get(index).around(event, () -> around(event, index + 1, handling));
        }
    }

    private static CloudEvent read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return KafkaMessageFactory.createReader(record).toEvent();
        } catch (CloudEventRWException | IllegalArgumentException | IllegalStateException malformed) {
            throw new MalformedEventException(
                    "Not a CloudEvent: " + malformed.getClass().getSimpleName(), malformed);
        }
    }

    private static ReceivedEvent received(CloudEvent event) {
        if (event.getData() == null) {
            throw new MalformedEventException("The event has no data");
        }
        return new ReceivedEvent(
                event.getId(),
                event.getType(),
                event.getSource().toString(),
                event.getSubject(),
                event.getTime() == null ? null : event.getTime().toInstant(),
                event.getData().toBytes(),
                extensions(event));
    }

    private static Map<String, String> extensions(CloudEvent event) {
        Map<String, String> extensions = new HashMap<>();
        for (String name : event.getExtensionNames()) {
            @Nullable Object value = event.getExtension(name);
            if (value != null) {
                extensions.put(name, value.toString());
            }
        }
        return extensions;
    }
}
