package io.metachat.domain.search;

import io.metachat.domain.UserId;
import io.metachat.domain.request.Repetition;

/** Answer the start of a search that was answered before under the same idempotency key. Changes nothing. */
public record RepeatSearch(UserId userId) implements SearchCommand, Repetition {}
