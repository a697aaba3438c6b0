package io.metachat.domain.request;

import io.metachat.domain.DomainEvent;

/** A fact about a client's request. */
public sealed interface RequestEvent extends DomainEvent permits RequestClaimed, RequestAnswered {}
