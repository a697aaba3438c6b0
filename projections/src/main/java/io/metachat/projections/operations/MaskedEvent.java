package io.metachat.projections.operations;

import io.metachat.domain.field.Personal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event says, for somebody who must find out what is wrong with it and must not read what people wrote: of a
 * personal component only how much there is of it.
 */
final class MaskedEvent {

    private MaskedEvent() {}

    /** The components of an event by name, those of records in it as well. */
    static Map<String, Object> of(Record event) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            Object value = value(event, component);
            if (value != null) {
                shown.put(
                        component.getName(),
                        component.isAnnotationPresent(Personal.class) ? masked(value) : shown(value));
            }
        }
        return shown;
    }

    private static Object shown(Object value) {
        if (value instanceof Record nested) {
            Map<String, Object> components = of(nested);
            // As in the JSON of events, an identifier is its value.
            Object identifier = components.get("value");
            return identifier != null && components.size() == 1 ? identifier : components;
        }
        if (value instanceof Collection<?> values) {
            List<Object> all = new ArrayList<>();
            values.forEach(each -> all.add(shown(each)));
            return all;
        }
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private static String masked(Object value) {
        if (value instanceof CharSequence text) {
            return "(" + text.length() + " characters)";
        }
        if (value instanceof Collection<?> values) {
            int longest = values.stream()
                    .mapToInt(each -> each.toString().length())
                    .max()
                    .orElse(0);
            return "(" + values.size() + " values, the longest of " + longest + " characters)";
        }
        return "(hidden)";
    }

    private static @Nullable Object value(Record event, RecordComponent component) {
        try {
            return component.getAccessor().invoke(event);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot read " + component.getName() + " of " + event.getClass(), e);
        }
    }
}
