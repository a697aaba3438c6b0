package io.metachat.user.api;

import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Patch;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.user.Archetype;
import io.metachat.domain.user.AssignArchetype;
import io.metachat.domain.user.MatchingPreferences;
import io.metachat.domain.user.Modality;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.UpdateProfile;
import io.metachat.proto.Fields;
import io.metachat.proto.v1.LoginRequest;
import io.metachat.proto.v1.RegisterRequest;
import io.metachat.proto.v1.UpdateModalitiesRequest;
import io.metachat.proto.v1.UpdateProfileRequest;
import io.metachat.user.registration.Registration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What calls ask for, in the domain's terms. */
final class Requests {

    private static final String ARCHETYPE = "archetype";
    private static final Set<String> PROFILE =
            Set.of("displayName", "firstName", "lastName", "dateOfBirth", "bio", "avatarUrl");

    private Requests() {}

    static Registration.Form form(RegisterRequest request) {
        return new Registration.Form(
                request.getUsername(),
                request.getEmail(),
                request.getPassword(),
                new Profile(
                        Fields.orNull(request.hasDisplayName(), request::getDisplayName),
                        Fields.orNull(request.hasFirstName(), request::getFirstName),
                        Fields.orNull(request.hasLastName(), request::getLastName),
                        request.hasDateOfBirth() ? date(request.getDateOfBirth()) : null,
                        null,
                        null));
    }

    static void requireLogin(LoginRequest request) {
        FieldChecks.begin()
                .required("login", request.getLogin())
                .required("password", request.getPassword())
                .done();
    }

    /** The change of the profile, when the call names one of its fields. */
    static Optional<UpdateProfile> profile(UserId userId, UpdateProfileRequest request) {
        List<String> fields = request.getFieldsList();
        for (String field : fields) {
            if (!PROFILE.contains(field) && !ARCHETYPE.equals(field)) {
                throw DomainException.invalid("fields", "names a field that a profile does not have");
            }
        }
        if (fields.stream().noneMatch(PROFILE::contains)) {
            return Optional.empty();
        }
        return Optional.of(new UpdateProfile(
                userId,
                patch(fields, "displayName", Fields.orNull(request.hasDisplayName(), request::getDisplayName)),
                patch(fields, "firstName", Fields.orNull(request.hasFirstName(), request::getFirstName)),
                patch(fields, "lastName", Fields.orNull(request.hasLastName(), request::getLastName)),
                patch(fields, "dateOfBirth", request.hasDateOfBirth() ? date(request.getDateOfBirth()) : null),
                patch(fields, "bio", Fields.orNull(request.hasBio(), request::getBio)),
                patch(fields, "avatarUrl", Fields.orNull(request.hasAvatarUrl(), request::getAvatarUrl))));
    }

    /** The change of the archetype, when the call names it. */
    static Optional<AssignArchetype> archetype(UserId userId, UpdateProfileRequest request) {
        if (!request.getFieldsList().contains(ARCHETYPE)) {
            return Optional.empty();
        }
        if (!request.hasArchetype()) {
            throw DomainException.invalid(ARCHETYPE, "cannot be cleared");
        }
        return Optional.of(
                new AssignArchetype(userId, constant(ARCHETYPE, request.getArchetype(), Archetype.values())));
    }

    static List<Modality> modalities(UpdateModalitiesRequest request) {
        List<Modality> modalities = new ArrayList<>();
        for (int i = 0; i < request.getModalitiesCount(); i++) {
            modalities.add(constant("modalities[" + i + "]", request.getModalities(i), Modality.values()));
        }
        return modalities;
    }

    static MatchingPreferences preferences(io.metachat.proto.v1.MatchingPreferences request) {
        return new MatchingPreferences(
                request.getEnabled(),
                Fields.orNull(request.hasMinAge(), request::getMinAge),
                Fields.orNull(request.hasMaxAge(), request::getMaxAge));
    }

    private static <T> Patch<T> patch(List<String> fields, String field, @Nullable T value) {
        return fields.contains(field) ? Patch.to(value) : Patch.leave();
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw DomainException.invalid("dateOfBirth", "must be a date such as 1990-12-31");
        }
    }

    private static <E extends Enum<E>> E constant(String field, String name, E[] constants) {
        List<String> names = new ArrayList<>();
        for (E constant : constants) {
            String lower = constant.name().toLowerCase(Locale.ROOT);
            if (lower.equals(name)) {
                return constant;
            }
            names.add(lower);
        }
        throw DomainException.invalid(field, "must be one of " + String.join(", ", names));
    }
}
