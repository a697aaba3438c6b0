package io.metachat.projections.user;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.domain.UserId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.user.GetUser;
import io.metachat.projections.message.Times;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.TableReader;
import io.metachat.proto.v1.MatchingPreferences;
import io.metachat.proto.v1.User;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
        Row row = row(query.userId());
        return query.asker().equals(query.userId()) ? own(row) : publicPart(row);
    }

    /** @throws DomainException when there is no such user */
    public MatchingPreferences preferences(UserId user) {
        position.await(user, UserProjection.NAME);
        Row row = row(user);
        MatchingPreferences.Builder preferences =
                MatchingPreferences.newBuilder().setEnabled(row.getBoolean("matching_enabled"));
        if (!row.isNull("min_age")) {
            preferences.setMinAge(row.getInt("min_age"));
        }
        if (!row.isNull("max_age")) {
            preferences.setMaxAge(row.getInt("max_age"));
        }
        return preferences.build();
    }

    /** Whom a person has blocked. */
    public Iterable<Row> blocks(UserId user) {
        return reader.scan(UserTables.BLOCKS, "SELECT blocked_id, blocked_at FROM %s WHERE user_id = ?", user.value());
    }

    private Row row(UserId user) {
        return reader.one(UserTables.USERS, "SELECT * FROM %s WHERE user_id = ?", user.value())
                .filter(row -> !row.isNull("username"))
                .orElseThrow(() -> new DomainException(DomainError.USER_NOT_FOUND));
    }

    private static User own(Row row) {
        User.Builder user = publicPart(row).toBuilder().setOwn(true);
        text(row, "email", user::setEmail);
        text(row, "first_name", user::setFirstName);
        text(row, "last_name", user::setLastName);
        LocalDate dateOfBirth = row.getLocalDate("date_of_birth");
        if (dateOfBirth != null) {
            user.setDateOfBirth(dateOfBirth.toString());
        }
        List<String> modalities = row.getList("modalities", String.class);
        return user.addAllModalities(modalities == null ? List.of() : modalities)
                .build();
    }

    private static User publicPart(Row row) {
        User.Builder user = User.newBuilder()
                .setUserId(String.valueOf(row.getUuid("user_id")))
                .setUsername(row.getString("username"))
                .setCreatedAt(Times.timestamp(row.getInstant("created_at")));
        text(row, "display_name", user::setDisplayName);
        text(row, "bio", user::setBio);
        text(row, "avatar_url", user::setAvatarUrl);
        text(row, "archetype", user::setArchetype);
        return user.build();
    }

    private static void text(Row row, String column, Consumer<String> setter) {
        Optional.ofNullable(row.getString(column)).ifPresent(setter);
    }
}
