package io.metachat.user.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.metachat.proto.v1.ChangePasswordRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fields that no fingerprint may cover are marked in the contracts. */
class SecretFieldsTest {

    private static final FileDescriptor CONTRACT =
            ChangePasswordRequest.getDescriptor().getFile();

    @Test
    void shouldMarkEveryPasswordAndToken() {
        List<FieldDescriptor> secrets = CONTRACT.getMessageTypes().stream()
                .flatMap(SecretFieldsTest::fields)
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.STRING)
                .filter(field -> field.getName().matches(".*(password|token|secret).*"))
                .toList();

        assertThat(secrets).hasSize(7).allMatch(field -> field.getOptions().getDebugRedact());
    }

    private static Stream<FieldDescriptor> fields(Descriptor message) {
        return message.getFields().stream();
    }
}
