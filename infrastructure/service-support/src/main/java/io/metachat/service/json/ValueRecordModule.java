package io.metachat.service.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.KeyDeserializers;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes and reads a record whose only component is called {@code value} as that value, also as a map's key: an
 * identifier is a plain string in JSON, and the domain needs no annotation for it.
 */
public final class ValueRecordModule extends SimpleModule {

    private static final String COMPONENT = "value";

    public ValueRecordModule() {
        super("metachat-value-records");
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new Introspector());
        context.addKeyDeserializers(new Keys());
    }

    private static @Nullable RecordComponent valueComponent(Class<?> type) {
        if (!type.isRecord()) {
            return null;
        }
        RecordComponent[] components = type.getRecordComponents();
        return components.length == 1 && COMPONENT.equals(components[0].getName()) ? components[0] : null;
    }

    private static final class Introspector extends NopAnnotationIntrospector {

        // Not as a key too: Jackson asks for keys first, takes the accessor for keys alone, and uses a value for keys.
        @Override
        public @Nullable Boolean hasAsValue(MapperConfig<?> config, Annotated annotated) {
            return isValueAccessor(annotated) ? Boolean.TRUE : null;
        }

        @Override
        public JsonCreator.@Nullable Mode findCreatorAnnotation(MapperConfig<?> config, Annotated annotated) {
            return annotated instanceof AnnotatedConstructor constructor
                            && constructor.getParameterCount() == 1
                            && isCanonical(constructor)
                    ? JsonCreator.Mode.DELEGATING
                    : null;
        }

        private static boolean isCanonical(AnnotatedConstructor constructor) {
            RecordComponent value = valueComponent(constructor.getDeclaringClass());
            return value != null && constructor.getRawParameterType(0) == value.getType();
        }

        private static boolean isValueAccessor(Annotated annotated) {
            return annotated instanceof AnnotatedMethod method
                    && method.getParameterCount() == 0
                    && COMPONENT.equals(method.getName())
                    && valueComponent(method.getDeclaringClass()) != null;
        }
    }

    private static final class Keys implements KeyDeserializers {

        @Override
        public @Nullable KeyDeserializer findKeyDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            RecordComponent value = valueComponent(type.getRawClass());
            return value == null ? null : new Key(type.getRawClass(), value.getType());
        }
    }

    private static final class Key extends KeyDeserializer {

        private final Class<?> type;
        private final Class<?> valueType;

        private Key(Class<?> type, Class<?> valueType) {
            this.type = type;
            this.valueType = valueType;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            Object value = valueType == String.class
                    ? key
                    : context.findKeyDeserializer(context.constructType(valueType), null)
                            .deserializeKey(key, context);
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(valueType);
                constructor.setAccessible(true);
                return constructor.newInstance(value);
            } catch (InvocationTargetException e) {
                return context.handleInstantiationProblem(type, null, e.getCause());
            } catch (ReflectiveOperationException e) {
                return context.handleInstantiationProblem(type, null, e);
            }
        }
    }
}
