package io.metachat.domain;

import java.util.UUID;

/** An entry of a diary; a member of its {@code Diary} aggregate. */
public record EntryId(UUID value) {

    public static EntryId parse(String uuid) {
        return new EntryId(Uuids.parse("entryId", uuid));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
