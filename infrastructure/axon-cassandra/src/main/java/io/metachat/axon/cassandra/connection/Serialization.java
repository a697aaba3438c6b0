package io.metachat.axon.cassandra.connection;

import com.datastax.oss.driver.api.core.data.GettableByName;
import java.nio.ByteBuffer;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/** Converts objects to columns and back, with an Axon {@link Serializer}. */
public record Serialization(Serializer serializer) {

    /**
     * An object in columns.
     *
     * @param data a blob
     * @param type the serializer's name of the type
     * @param revision the serializer's revision of the type
     */
    public record Serialized(
            @Nullable ByteBuffer data,
            @Nullable String type,
            @Nullable String revision) {

        /** The columns of {@code null}. */
        public static final Serialized NOTHING = new Serialized(null, null, null);
    }

    /** Serializes; {@code null} becomes {@link Serialized#NOTHING}. */
    public Serialized write(@Nullable Object value) {
        if (value == null) {
            return Serialized.NOTHING;
        }
        SerializedObject<byte[]> serialized = serializer.serialize(value, byte[].class);
        return new Serialized(
                ByteBuffer.wrap(serialized.getData()),
                serialized.getType().getName(),
                serialized.getType().getRevision());
    }

    /** Deserializes from columns {@code <column>} and {@code <column>_type}; a null blob is {@code null}. */
    public <T> @Nullable T read(GettableByName row, String column) {
        return read(row, column, column + "_type", null);
    }

    /** Deserializes from the named columns; a null blob is {@code null}. */
    public <T> @Nullable T read(
            GettableByName row, String dataColumn, String typeColumn, @Nullable String revisionColumn) {
        return read(new Serialized(
                row.getByteBuffer(dataColumn),
                row.getString(typeColumn),
                revisionColumn == null ? null : row.getString(revisionColumn)));
    }

    /** Deserializes; {@link Serialized#NOTHING} is {@code null}. */
    public <T> @Nullable T read(Serialized serialized) {
        ByteBuffer data = serialized.data();
        return data == null
                ? null
                : serializer.deserialize(new SimpleSerializedObject<>(
                        bytes(data), byte[].class, new SimpleSerializedType(serialized.type(), serialized.revision())));
    }

    /** Copies a blob to an array. */
    public static byte[] bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }
}
