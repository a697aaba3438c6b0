package io.metachat.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.proto.v1.StartSessionRequest;
import org.junit.jupiter.api.Test;

class FieldsTest {

    @Test
    void shouldTellAnEmptyFieldFromOneThatIsAbsent() {
        StartSessionRequest absent = StartSessionRequest.getDefaultInstance();
        StartSessionRequest empty =
                StartSessionRequest.newBuilder().setTitle("").build();

        assertThat(Fields.orNull(absent.hasTitle(), absent::getTitle)).isNull();
        assertThat(Fields.orNull(empty.hasTitle(), empty::getTitle)).isEmpty();
    }
}
