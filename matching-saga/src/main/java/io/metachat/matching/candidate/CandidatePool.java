package io.metachat.matching.candidate;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everybody, in memory, folded from the events of users, diaries and matches. The search is exact: every eligible
 * person is scored. Safe for concurrent use: many searches, one writer.
 */
public final class CandidatePool {

    private final Map<UserId, Person> people = new HashMap<>();
    private final Map<UserPair, Pairing> pairings = new HashMap<>();
    private final Map<UserId, Exposure> exposures = new HashMap<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Eligibility eligibility;
    private final Clock clock;

    /** How often somebody was proposed to others on one day. */
    private record Exposure(LocalDate day, int proposals) {}

    /** @param proposalsPerDay to how many people a day somebody is proposed at most */
    public CandidatePool(int proposalsPerDay, Clock clock) {
        this.eligibility = new Eligibility(proposalsPerDay);
        this.clock = clock;
    }

    /**
     * The best candidates for somebody, best first; equal scores in the order of their ids.
     *
     * @param limit how many at most
     * @param except who has been tried already
     * @throws DomainException {@link DomainError#MATCHING_DISABLED} when the asker has not opted in
     */
    public List<RankedCandidate> best(UserId asker, int limit, Set<UserId> except) {
        return reading(() -> {
            Person self = person(asker);
            if (!self.preferences().enabled()) {
                throw new DomainException(DomainError.MATCHING_DISABLED);
            }
            List<RankedCandidate> candidates = new ArrayList<>();
            for (Person other : people.values()) {
                if (!other.id().equals(asker)
                        && !except.contains(other.id())
                        && refusal(self, other).isEmpty()) {
                    candidates.add(candidate(self, other));
                }
            }
            candidates.sort(
                    Comparator.comparingDouble((RankedCandidate c) -> -c.score().score())
                            .thenComparing(c -> c.person().id()));
            return List.copyOf(candidates.subList(0, Math.min(limit, candidates.size())));
        });
    }

    /**
     * Somebody in particular as a candidate.
     *
     * @throws DomainException saying why they cannot be proposed to the asker
     */
    public RankedCandidate candidate(UserId asker, UserId other) {
        UserPair pair = new UserPair(asker, other);
        return reading(() -> {
            Person self = person(pair.other(other));
            Person them = person(other);
            refusal(self, them).ifPresent(error -> {
                throw new DomainException(error);
            });
            return candidate(self, them);
        });
    }

    /**
     * Somebody in particular as a candidate for a direct request. A proposal between the two that is open already is
     * answered in its own round, where the two requests meet.
     *
     * @throws DomainException saying why they cannot be proposed to the asker
     */
    public RankedCandidate proposable(UserId asker, UserId other) {
        UserPair pair = new UserPair(asker, other);
        return reading(() -> {
            Pairing pairing = pairings.get(pair);
            if (pairing == null || pairing.state() != Pairing.State.OPEN) {
                return candidate(asker, other);
            }
            Person self = person(asker);
            Person them = person(other);
            eligibility.refusalFor(self, them, null, 0, today()).ifPresent(error -> {
                throw new DomainException(error);
            });
            return new RankedCandidate(them, Affinity.between(self, them, clock.instant()), pairing.round());
        });
    }

    /**
     * How well two people would understand each other, whether or not they can be proposed now.
     *
     * @throws DomainException when they are the same, unknown, closed to each other, or have no profile yet
     */
    public RankedCandidate compatibility(UserId asker, UserId other) {
        UserPair pair = new UserPair(asker, other);
        return reading(() -> {
            Person self = person(asker);
            Person them = person(other);
            Optional<DomainError> refusal = eligibility.refusalFor(self, them, null, 0, today());
            refusal.ifPresent(error -> {
                throw new DomainException(error);
            });
            return new RankedCandidate(them, Affinity.between(self, them, clock.instant()), round(pairings.get(pair)));
        });
    }

    /** @throws DomainException {@link DomainError#MATCHING_DISABLED}, or what else keeps somebody from searching */
    public void requireSearchable(UserId asker) {
        reading(() -> eligibility.refusalFor(person(asker))).ifPresent(error -> {
            throw new DomainException(error);
        });
    }

    /** The open proposals that somebody is part of. */
    public List<MatchId> openProposalsOf(UserId user) {
        return reading(() -> pairings.entrySet().stream()
                .filter(e -> e.getKey().contains(user) && e.getValue().state() == Pairing.State.OPEN)
                .map(e -> e.getValue().matchId())
                .toList());
    }

    /** The open proposal between two people. */
    public Optional<MatchId> openProposalBetween(UserPair pair) {
        return reading(() -> Optional.ofNullable(pairings.get(pair))
                .filter(pairing -> pairing.state() == Pairing.State.OPEN)
                .map(Pairing::matchId));
    }

    /** Returns the matches between two people in whatever state, of the latest round first. */
    public List<MatchId> matchesBetween(UserPair pair) {
        int rounds =
                reading(() -> pairings.containsKey(pair) ? pairings.get(pair).round() : 0);
        return IntStream.iterate(rounds, round -> round > 0, round -> round - 1)
                .mapToObj(round -> MatchId.of(pair, round))
                .toList();
    }

    public int size() {
        return reading(people::size);
    }

    void change(UserId user, UnaryOperator<Person> change) {
        writing(() -> people.compute(user, (id, person) -> change.apply(person == null ? Person.unknown(id) : person)));
    }

    void forget(UserId user) {
        writing(() -> people.remove(user));
    }

    void propose(UserPair pair, MatchId matchId, int round, Instant at) {
        writing(() -> {
            Pairing known = pairings.get(pair);
            if (known == null || known.round() < round) {
                pairings.put(pair, new Pairing(round, matchId, Pairing.State.OPEN));
                expose(pair.first(), at);
                expose(pair.second(), at);
            }
        });
    }

    void conclude(UserPair pair, MatchId matchId, Pairing.State state) {
        writing(() -> pairings.computeIfPresent(
                pair, (p, pairing) -> pairing.matchId().equals(matchId) ? pairing.in(state) : pairing));
    }

    private void expose(UserId user, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        exposures.merge(user, new Exposure(day, 1), (known, one) -> {
            if (known.day().isAfter(day)) {
                return known;
            }
            return known.day().equals(day) ? new Exposure(day, known.proposals() + 1) : one;
        });
    }

    private Optional<DomainError> refusal(Person asker, Person other) {
        Pairing pairing = pairings.get(new UserPair(asker.id(), other.id()));
        Exposure exposure = exposures.get(other.id());
        int today = exposure != null && exposure.day().equals(today()) ? exposure.proposals() : 0;
        return eligibility.refusalFor(asker, other, pairing, today, today());
    }

    private RankedCandidate candidate(Person asker, Person other) {
        Pairing pairing = pairings.get(new UserPair(asker.id(), other.id()));
        return new RankedCandidate(other, Affinity.between(asker, other, clock.instant()), round(pairing));
    }

    private static int round(@Nullable Pairing pairing) {
        return pairing == null ? 1 : pairing.round() + 1;
    }

    private Person person(UserId id) {
        return people.getOrDefault(id, Person.unknown(id));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private <T> T reading(Supplier<T> read) {
        lock.readLock().lock();
        try {
            return read.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void writing(Runnable write) {
        lock.writeLock().lock();
        try {
            write.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
