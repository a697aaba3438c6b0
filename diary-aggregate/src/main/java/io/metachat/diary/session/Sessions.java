package io.metachat.diary.session;

import io.metachat.diary.packed.PackedInput;
import io.metachat.diary.packed.PackedOutput;
import io.metachat.domain.SessionId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The sessions of one diary, of which one at most is open. Not safe for concurrent use, as an aggregate is not. */
public final class Sessions {

    /** Where in the diary's stream each session was started, the open one included. */
    private final Map<SessionId, Long> starts = new HashMap<>();

    private @Nullable OpenSession open;

    /**
     * The open session.
     *
     * @param startSequence where in the diary's stream it was started
     */
    public record OpenSession(SessionId id, long startSequence) {}

    public Optional<OpenSession> open() {
        return Optional.ofNullable(open);
    }

    /**
     * The open session, which must be this one.
     *
     * @throws DomainException {@link DomainError#SESSION_ENDED} or {@link DomainError#SESSION_NOT_FOUND}
     */
    public OpenSession requireOpen(SessionId id) {
        if (open != null && open.id().equals(id)) {
            return open;
        }
        throw new DomainException(starts.containsKey(id) ? DomainError.SESSION_ENDED : DomainError.SESSION_NOT_FOUND);
    }

    /** Returns where the session was started, also when it has ended since. */
    public OptionalLong startOf(SessionId id) {
        Long sequence = starts.get(id);
        return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
    }

    /**
     * Returns where the session was started.
     *
     * @throws DomainException {@link DomainError#SESSION_NOT_FOUND}
     */
    public long requireStart(SessionId id) {
        return startOf(id).orElseThrow(() -> new DomainException(DomainError.SESSION_NOT_FOUND));
    }

    public void started(SessionId id, long sequence) {
        starts.put(id, sequence);
        open = new OpenSession(id, sequence);
    }

    /** Ends the open session. */
    public void ended() {
        open = null;
    }

    public void pack(PackedOutput out) {
        out.flag(open != null);
        if (open != null) {
            out.uuid(open.id().value());
        }
        out.number(starts.size());
        starts.forEach((id, sequence) -> {
            out.uuid(id.value());
            out.number(sequence);
        });
    }

    public static Sessions unpack(PackedInput in) {
        Sessions sessions = new Sessions();
        SessionId open = in.flag() ? new SessionId(in.uuid()) : null;
        for (long left = in.number(); left > 0; left--) {
            sessions.started(new SessionId(in.uuid()), in.number());
        }
        sessions.open = open == null ? null : new OpenSession(open, Objects.requireNonNull(sessions.starts.get(open)));
        return sessions;
    }
}
