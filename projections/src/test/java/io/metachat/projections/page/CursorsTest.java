package io.metachat.projections.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.UserId;
import io.metachat.domain.refusal.DomainException;
import io.metachat.service.security.JwtProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorsTest {

    private static final UserId USER = new UserId(UUID.randomUUID());
    private static final ListName LIST = ListName.of(USER, "entries", "tag", null);
    private static final Cursor CURSOR = new Cursor(Instant.ofEpochMilli(-5_000_000_000_001L), UUID.randomUUID());

    private final Cursors cursors = cursors("a secret of at least thirty-two bytes");

    @Test
    void shouldReadWhatItWrote() {
        assertThat(cursors.read(LIST, cursors.write(LIST, CURSOR))).contains(CURSOR);
        assertThat(cursors.read(LIST, null)).isEmpty();
    }

    @Test
    void shouldReadWhatAnotherInstanceWrote() {
        String written = cursors("a secret of at least thirty-two bytes").write(LIST, CURSOR);

        assertThat(cursors.read(LIST, written)).contains(CURSOR);
    }

    @Test
    void shouldRefuseACursorOfAnotherList() {
        String written = cursors.write(LIST, CURSOR);

        assertRefused(ListName.of(USER, "entries", "other", null), written);
        assertRefused(ListName.of(USER, "entries", null, "tag"), written);
        assertRefused(ListName.of(USER, "sessions", "tag", null), written);
        assertRefused(ListName.of(new UserId(UUID.randomUUID()), "entries", "tag", null), written);
    }

    @Test
    void shouldRefuseACursorWithAnyBitChanged() {
        byte[] written = Base64.getUrlDecoder().decode(cursors.write(LIST, CURSOR));
        for (int bit = 0; bit < written.length * 8; bit++) {
            byte[] changed = written.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));

            assertRefused(LIST, Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
        }
    }

    @Test
    void shouldRefuseWhatIsNoCursor() {
        assertRefused(LIST, "");
        assertRefused(LIST, "not base64!");
        assertRefused(LIST, "AAAA");
    }

    @Test
    void shouldRefuseACursorThatIsSealedWithAnotherSecret() {
        assertRefused(LIST, cursors("another secret of at least 32 bytes").write(LIST, CURSOR));
    }

    @Test
    void shouldTellListsApartWhosePartsRunTogether() {
        assertThat(ListName.of(USER, "entries", "ab", "c")).isNotEqualTo(ListName.of(USER, "entries", "a", "bc"));
    }

    private void assertRefused(ListName list, String cursor) {
        assertThatThrownBy(() -> cursors.read(list, cursor))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refused -> assertThat(refused.fields())
                                .extracting(field -> field.field())
                                .containsExactly("cursor"));
    }

    private static Cursors cursors(String secret) {
        Duration any = Duration.ofMinutes(1);
        return new Cursors(new JwtProperties(secret, "issuer", "audience", any, any));
    }
}
