package io.metachat.domain;

/**
 * A fact. Events are kept for ever: their components are never renamed or removed; what has to change becomes a new
 * revision and an upcaster. They check nothing but presence, since what has happened cannot be refused.
 */
public interface DomainEvent {}
