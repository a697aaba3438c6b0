package io.metachat.domain.search;

import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;

/** Start a search; refused while one is running. */
public record StartSearch(UserId userId, SearchId searchId) implements SearchCommand {}
