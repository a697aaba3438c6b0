package io.metachat.projections.notification;

import io.metachat.domain.UserId;

/**
 * Something that one person is told.
 *
 * @param to whom
 * @param type as clients know it, such as {@code entry.analysed}
 * @param data what it is about, as JSON
 */
record PersonalNotification(UserId to, String type, String data) {

    /** Without the data, which is personal. */
    @Override
    public String toString() {
        return "PersonalNotification[to=" + to + ", type=" + type + "]";
    }
}
