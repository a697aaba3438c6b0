package io.metachat.embedded.eventstoredb.internal.group;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The consumers of a group, with their unanswered deliveries. Used under the group's lock. */
final class ConsumerRing {

    private final GroupSettings.Strategy strategy;
    private final List<Seat> seats = new ArrayList<>();
    private int turn;

    ConsumerRing(GroupSettings.Strategy strategy) {
        this.strategy = strategy;
    }

    void add(Consumer consumer) {
        seats.add(new Seat(consumer));
    }

    /** @return its unanswered deliveries, newest first */
    List<Delivery> remove(Consumer consumer) {
        List<Delivery> unanswered = new ArrayList<>();
        seats.removeIf(seat -> {
            if (seat.consumer != consumer) {
                return false;
            }
            seat.inFlight.values().forEach(sent -> unanswered.add(0, sent.delivery()));
            return true;
        });
        return unanswered;
    }

    int size() {
        return seats.size();
    }

    boolean haveRoom() {
        return seats.stream().anyMatch(Seat::hasRoom);
    }

    int outstanding() {
        return seats.stream().mapToInt(seat -> seat.inFlight.size()).sum();
    }

    /** @return whether a consumer took it */
    boolean deliver(Delivery delivery, long now) {
        Seat seat = choose(delivery);
        if (seat == null) {
            return false;
        }
        seat.inFlight.put(delivery.id(), new Sent(delivery, now));
        seat.delivered++;
        seat.consumer.deliver(delivery.event(), delivery.retryCount());
        return true;
    }

    @Nullable
    Delivery answered(Consumer consumer, UUID eventId) {
        for (Seat seat : seats) {
            if (seat.consumer == consumer) {
                Sent sent = seat.inFlight.remove(eventId);
                return sent == null ? null : sent.delivery();
            }
        }
        return null;
    }

    /** Removes and returns unanswered deliveries sent before the given time. */
    List<Delivery> expired(long before) {
        List<Delivery> expired = new ArrayList<>();
        for (Seat seat : seats) {
            Iterator<Sent> sent = seat.inFlight.values().iterator();
            while (sent.hasNext()) {
                Sent next = sent.next();
                if (next.at() < before) {
                    sent.remove();
                    expired.add(next.delivery());
                }
            }
        }
        return expired;
    }

    void dropAll(GroupException reason) {
        List<Seat> leaving = List.copyOf(seats);
        seats.clear();
        leaving.forEach(seat -> seat.consumer.drop(reason));
    }

    List<Group.ConsumerStatus> statuses() {
        return seats.stream()
                .map(seat -> new Group.ConsumerStatus(
                        seat.consumer.user(),
                        seat.consumer.capacity() - seat.inFlight.size(),
                        seat.inFlight.size(),
                        seat.delivered))
                .toList();
    }

    private @Nullable Seat choose(Delivery delivery) {
        return switch (strategy) {
            case DISPATCH_TO_SINGLE ->
                seats.stream().filter(Seat::hasRoom).findFirst().orElse(null);
            case ROUND_ROBIN -> inTurn();
            case PINNED -> pinned(delivery);
        };
    }

    private @Nullable Seat inTurn() {
        for (int tried = 0; tried < seats.size(); tried++) {
            turn = (turn + 1) % seats.size();
            if (seats.get(turn).hasRoom()) {
                return seats.get(turn);
            }
        }
        return null;
    }

    private @Nullable Seat pinned(Delivery delivery) {
        String stream = delivery.event().event() == null
                ? delivery.event().original().stream()
                : delivery.event().event().stream();
        Seat seat = seats.get(Math.floorMod(stream.hashCode(), seats.size()));
        return seat.hasRoom() ? seat : null;
    }

    private static final class Seat {
        private final Consumer consumer;
        private final Map<UUID, Sent> inFlight = new LinkedHashMap<>();
        private long delivered;

        private Seat(Consumer consumer) {
            this.consumer = consumer;
        }

        private boolean hasRoom() {
            return inFlight.size() < consumer.capacity();
        }
    }

    private record Sent(Delivery delivery, long at) {}
}
