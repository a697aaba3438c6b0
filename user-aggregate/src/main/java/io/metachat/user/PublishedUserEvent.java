package io.metachat.user;

import io.metachat.domain.UserId;

/** What is published of a user's event. */
record PublishedUserEvent(UserId userId) {}
