package io.metachat.service.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.metachat.proto.v1.ChangePasswordRequest;
import io.metachat.proto.v1.DiaryProto;
import io.metachat.proto.v1.MatchingProto;
import io.metachat.proto.v1.QueryProto;
import io.metachat.proto.v1.RegisterRequest;
import io.metachat.proto.v1.UserProto;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the digests of all requests of the contract cover. */
class RequestBytesTest {

    private static final List<FileDescriptor> CONTRACT = List.of(
            UserProto.getDescriptor(),
            DiaryProto.getDescriptor(),
            MatchingProto.getDescriptor(),
            QueryProto.getDescriptor());

    static Stream<Descriptor> requests() {
        return CONTRACT.stream()
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream())
                .map(MethodDescriptor::getInputType)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldCoverEachFieldButTheSecrets(Descriptor request) {
        Message message = filled(request, 1);
        for (FieldDescriptor field : request.getFields()) {
            Message other = message.toBuilder()
                    .setField(field, filled(request, 2).getField(field))
                    .build();
            assertThat(other).as(field.getFullName()).isNotEqualTo(message);
            if (isSecret(field)) {
                assertThat(RequestBytes.of(other)).as(field.getFullName()).isEqualTo(RequestBytes.of(message));
            } else {
                assertThat(RequestBytes.of(other)).as(field.getFullName()).isNotEqualTo(RequestBytes.of(message));
            }
        }
    }

    /** Also where a secret stands in a message within the request. */
    @ParameterizedTest
    @MethodSource("requests")
    void shouldHoldNoSecret(Descriptor request) {
        assertThat(ByteString.copyFrom(RequestBytes.of(filled(request, 1))).toStringUtf8())
                .doesNotContain("secret");
    }

    @Test
    void shouldFindTheSecretsOfTheContract() {
        assertThat(requests()
                        .flatMap(request -> request.getFields().stream())
                        .filter(RequestBytesTest::isSecret)
                        .map(FieldDescriptor::getFullName)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "metachat.v1.RegisterRequest.password",
                        "metachat.v1.LoginRequest.password",
                        "metachat.v1.RefreshRequest.refresh_token",
                        "metachat.v1.ChangePasswordRequest.current_password",
                        "metachat.v1.ChangePasswordRequest.new_password");
    }

    @Test
    void shouldMarkWhateverIsNamedLikeASecret() {
        assertThat(requests()
                        .flatMap(request -> request.getFields().stream())
                        .filter(field -> field.getName().matches(".*(password|token|secret).*")))
                .allMatch(RequestBytesTest::isSecret);
    }

    @Test
    void shouldDigestOnePasswordLikeAnother() {
        DigestKeys keys = DigestKeys.parse("a:0123456789abcdef0123456789abcdef");
        ChangePasswordRequest one = ChangePasswordRequest.newBuilder()
                .setCurrentPassword("old")
                .setNewPassword("new")
                .build();
        ChangePasswordRequest other = one.toBuilder()
                .setCurrentPassword("older")
                .setNewPassword("newer")
                .build();

        assertThat(keys.idempotency("anna", "k", "ChangePassword", RequestBytes.of(other)))
                .isEqualTo(keys.idempotency("anna", "k", "ChangePassword", RequestBytes.of(one)));
        assertThat(RequestBytes.of(RegisterRequest.newBuilder()
                        .setUsername("anna")
                        .setPassword("old")
                        .build()))
                .isEqualTo(RequestBytes.of(
                        RegisterRequest.newBuilder().setUsername("anna").build()));
    }

    private static boolean isSecret(FieldDescriptor field) {
        return field.getOptions().getDebugRedact();
    }

    /** A message with a value in each field, which differs from that of another seed. */
    private static DynamicMessage filled(Descriptor type, int seed) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            Object value = value(field, seed);
            message.setField(field, field.isRepeated() ? List.of(value) : value);
        }
        return message.build();
    }

    private static Object value(FieldDescriptor field, int seed) {
        return switch (field.getJavaType()) {
            case INT -> seed;
            case LONG -> (long) seed;
            case FLOAT -> (float) seed;
            case DOUBLE -> (double) seed;
            case BOOLEAN -> seed == 1;
            case STRING -> (isSecret(field) ? "secret" : "text") + seed;
            case BYTE_STRING -> ByteString.copyFromUtf8((isSecret(field) ? "secret" : "bytes") + seed);
            case ENUM -> field.getEnumType().getValues().get(seed);
            case MESSAGE -> filled(field.getMessageType(), seed);
        };
    }
}
