package io.metachat.service.call;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The bytes of a request's message that its fingerprint covers: the same for the same request, and without the fields that
 * the contract marks as {@code debug_redact}, such as passwords. A digest of a password could be guessed, keyed or not, by
 * those who have the key.
 */
public final class RequestBytes {

    private RequestBytes() {}

    public static byte[] of(Message message) {
        Message covered = withoutSecrets(message);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(covered.getSerializedSize());
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            covered.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("A buffer in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static Message withoutSecrets(Message message) {
        Message.Builder covered = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (field.getOptions().getDebugRedact()) {
                covered.clearField(field);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                covered.setField(field, withoutSecrets(field, value));
            }
        });
        return covered.build();
    }

    private static Object withoutSecrets(FieldDescriptor field, Object value) {
        return field.isRepeated()
                ? ((List<?>) value)
                        .stream().map(one -> withoutSecrets((Message) one)).toList()
                : withoutSecrets((Message) value);
    }
}
