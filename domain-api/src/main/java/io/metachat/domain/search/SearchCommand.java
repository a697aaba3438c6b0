package io.metachat.domain.search;

import io.metachat.domain.Command;
import io.metachat.domain.UserId;

/** A command to a user's match search. */
public sealed interface SearchCommand extends Command permits StartSearch, RepeatSearch, EndSearch {

    UserId userId();

    @Override
    default String target() {
        return userId().searchOwner().stream();
    }
}
