package io.metachat.domain.request;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.RequestId;

/** A fact about a client's request. */
public sealed interface RequestEvent extends DomainEvent permits RequestClaimed {

    RequestId requestId();
}
