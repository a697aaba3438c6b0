package io.metachat.domain.candidate;

import io.metachat.domain.UserId;

/** How well the asker and somebody would understand each other. */
public record GetCompatibility(UserId userId, UserId other) {}
