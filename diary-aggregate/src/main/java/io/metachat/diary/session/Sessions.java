package io.metachat.diary.session;

import io.metachat.diary.packed.PackedInput;
import io.metachat.diary.packed.PackedOutput;
import io.metachat.domain.SessionId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sessions of one diary, of which one at most is open. Not safe for concurrent use, as an aggregate is not. */
public final class Sessions {

    private final Set<SessionId> ended = new HashSet<>();
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
        throw new DomainException(ended.contains(id) ? DomainError.SESSION_ENDED : DomainError.SESSION_NOT_FOUND);
    }

    public boolean hasEnded(SessionId id) {
        return ended.contains(id);
    }

    public void started(SessionId id, long sequence) {
        open = new OpenSession(id, sequence);
    }

    public void ended(SessionId id) {
        open = null;
        ended.add(id);
    }

    public void pack(PackedOutput out) {
        out.flag(open != null);
        if (open != null) {
            out.uuid(open.id().value());
            out.number(open.startSequence());
        }
        out.number(ended.size());
        ended.forEach(id -> out.uuid(id.value()));
    }

    public static Sessions unpack(PackedInput in) {
        Sessions sessions = new Sessions();
        if (in.flag()) {
            sessions.started(new SessionId(in.uuid()), in.number());
        }
        for (long left = in.number(); left > 0; left--) {
            sessions.ended.add(new SessionId(in.uuid()));
        }
        return sessions;
    }
}
