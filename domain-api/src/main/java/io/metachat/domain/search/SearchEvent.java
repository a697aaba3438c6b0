package io.metachat.domain.search;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;

/** A fact about a user's match search. */
public sealed interface SearchEvent extends DomainEvent permits MatchSearchStarted, MatchSearchEnded {

    UserId userId();

    SearchId searchId();
}
