package io.metachat.matching.candidate;

import io.metachat.domain.refusal.DomainError;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may be proposed to whom. What one person may not know of another (a block, a wish) has one common answer. */
final class Eligibility {

    private final int proposalsPerDay;

    /** @param proposalsPerDay to how many people a day somebody is proposed at most */
    Eligibility(int proposalsPerDay) {
        this.proposalsPerDay = proposalsPerDay;
    }

    /** What keeps the asker from asking anybody at all. */
    Optional<DomainError> refusalFor(Person asker) {
        if (!asker.preferences().enabled()) {
            return Optional.of(DomainError.MATCHING_DISABLED);
        }
        return asker.profile() == null ? Optional.of(DomainError.NOT_A_CANDIDATE) : Optional.empty();
    }

    /**
     * What keeps the asker from being proposed to the other.
     *
     * @param pairing what has been between them
     * @param proposedToday how often the other was proposed to somebody today
     */
    Optional<DomainError> refusalFor(
            Person asker, Person other, @Nullable Pairing pairing, int proposedToday, LocalDate today) {
        Optional<DomainError> own = refusalFor(asker);
        if (own.isPresent()) {
            return own;
        }
        if (!other.registered()) {
            return Optional.of(DomainError.USER_NOT_FOUND);
        }
        if (isClosed(asker, other)
                || !wishes(asker, other, today)
                || !wishes(other, asker, today)
                || pairing != null && pairing.state() == Pairing.State.DECLINED) {
            return Optional.of(DomainError.NOT_A_CANDIDATE);
        }
        if (pairing != null && pairing.state() != Pairing.State.LAPSED) {
            return Optional.of(DomainError.ALREADY_MATCHED);
        }
        return proposedToday >= proposalsPerDay ? Optional.of(DomainError.TOO_MANY_PROPOSALS) : Optional.empty();
    }

    private static boolean isClosed(Person asker, Person other) {
        return !other.preferences().enabled()
                || other.profile() == null
                || asker.blocked().contains(other.id())
                || other.blocked().contains(asker.id())
                || Distress.isAcute(asker.profile()) && Distress.isAcute(other.profile());
    }

    /** An age that is not known meets no wish about age. */
    private static boolean wishes(Person who, Person whom, LocalDate today) {
        Integer minAge = who.preferences().minAge();
        Integer maxAge = who.preferences().maxAge();
        if (minAge == null && maxAge == null) {
            return true;
        }
        return whom.ageOn(today)
                .filter(age -> (minAge == null || age >= minAge) && (maxAge == null || age <= maxAge))
                .isPresent();
    }
}
