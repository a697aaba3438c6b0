package io.metachat.projections.user;

import static io.metachat.projections.table.Values.orEmpty;
import static io.metachat.projections.user.UserTables.BLOCKS;
import static io.metachat.projections.user.UserTables.USERS;
import static org.springframework.data.cassandra.core.query.Criteria.where;
import static org.springframework.data.cassandra.core.query.Query.query;

import io.metachat.domain.UserId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.user.GetUser;
import io.metachat.projections.page.Times;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.TableReader;
import io.metachat.projections.user.UserTables.UserRow;
import io.metachat.proto.v1.MatchingPreferences;
import io.metachat.proto.v1.User;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers about people: all about the one who asks, the public part about others. */
@Component
public class UserQueries {

    private final TableReader reader;
    private final MinimumPosition position;

    UserQueries(TableReader reader, MinimumPosition position) {
        this.reader = reader;
        this.position = position;
    }

    /** @throws DomainException when there is no such user */
    public User get(GetUser query) {
        position.await(query.userId(), UserProjection.NAME);
        UserRow row = row(query.userId());
        return query.asker().equals(query.userId()) ? own(row) : publicPart(row);
    }

    /** @throws DomainException when there is no such user */
    public MatchingPreferences preferences(UserId user) {
        position.await(user, UserProjection.NAME);
        UserRow row = row(user);
        MatchingPreferences.Builder preferences =
                MatchingPreferences.newBuilder().setEnabled(Boolean.TRUE.equals(row.matchingEnabled()));
        ifPresent(row.minAge(), preferences::setMinAge);
        ifPresent(row.maxAge(), preferences::setMaxAge);
        return preferences.build();
    }

    /** The people that a person has blocked; read as the caller consumes. */
    public Iterable<Block> blocks(UserId user) {
        return reader.scan(BLOCKS, query(where(Block::userId).is(user.value())))::iterator;
    }

    private UserRow row(UserId user) {
        return reader.one(USERS, query(where(UserRow::userId).is(user.value())))
                .filter(row -> row.username() != null)
                .orElseThrow(() -> new DomainException(DomainError.USER_NOT_FOUND));
    }

    private static User own(UserRow row) {
        User.Builder user = publicPart(row).toBuilder().setOwn(true);
        ifPresent(row.email(), user::setEmail);
        ifPresent(row.firstName(), user::setFirstName);
        ifPresent(row.lastName(), user::setLastName);
        ifPresent(row.dateOfBirth(), date -> user.setDateOfBirth(date.toString()));
        return user.addAllModalities(orEmpty(row.modalities())).build();
    }

    private static User publicPart(UserRow row) {
        User.Builder user = User.newBuilder()
                .setUserId(row.userId().toString())
                .setUsername(row.username())
                .setCreatedAt(Times.timestamp(Objects.requireNonNull(row.createdAt())));
        ifPresent(row.displayName(), user::setDisplayName);
        ifPresent(row.bio(), user::setBio);
        ifPresent(row.avatarUrl(), user::setAvatarUrl);
        ifPresent(row.archetype(), user::setArchetype);
        return user.build();
    }

    private static <T> void ifPresent(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
