package io.metachat.domain.axon;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.UserId;
import io.metachat.domain.user.event.UserForgotten;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ForgottenUsersTest {

    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final UserId anna = new UserId(UUID.randomUUID());
    private final UserId ben = new UserId(UUID.randomUUID());
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final ForgottenUsers forgotten = new ForgottenUsers(LIFETIME, new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void shouldRevokeTheTokensOfWhoIsForgotten() {
        forgotten.on(new UserForgotten(anna, now));

        assertThat(forgotten.isRevoked(anna.value())).isTrue();
        assertThat(forgotten.isRevoked(ben.value())).isFalse();
    }

    @Test
    void shouldKeepNobodyLongerThanATokenLives() {
        forgotten.on(new UserForgotten(anna, now));
        now = now.plus(LIFETIME).plusSeconds(1);

        forgotten.on(new UserForgotten(ben, now));

        assertThat(forgotten.isRevoked(anna.value())).isFalse();
        assertThat(forgotten.isRevoked(ben.value())).isTrue();
    }

    @Test
    void shouldBeginWhereTheOldestTokenBegan() {
        assertThat(forgotten.since()).isEqualTo(now.minus(LIFETIME));
    }
}
