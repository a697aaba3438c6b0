package io.metachat.diary.session;

import io.metachat.diary.snapshot.UuidBytes;
import io.metachat.domain.SessionId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.proto.diary.snapshot.DiaryState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
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

    /** Writes the state for a snapshot. */
    public void save(DiaryState.Builder state) {
        io.metachat.proto.diary.snapshot.Sessions.Builder columns = state.getSessionsBuilder()
                .setIds(UuidBytes.of(
                        starts.keySet().stream().map(SessionId::value).toList()))
                .addAllStartSequences(starts.values());
        if (open != null) {
            columns.setOpen(UuidBytes.of(open.id().value()));
        }
    }

    /** @throws RuntimeException when the columns do not fit together */
    public static Sessions restore(DiaryState state) {
        Sessions sessions = new Sessions();
        List<UUID> ids = UuidBytes.read(state.getSessions().getIds());
        for (int row = 0; row < ids.size(); row++) {
            sessions.starts.put(new SessionId(ids.get(row)), state.getSessions().getStartSequences(row));
        }
        if (sessions.starts.size() != state.getSessions().getStartSequencesCount()) {
            throw new IllegalStateException("The columns of the snapshot do not fit together");
        }
        if (state.getSessions().hasOpen()) {
            SessionId open = new SessionId(UuidBytes.readOne(state.getSessions().getOpen()));
            sessions.open = new OpenSession(open, sessions.requireStart(open));
        }
        return sessions;
    }
}
