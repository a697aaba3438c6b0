package io.metachat.gateway.matching;

import org.jspecify.annotations.Nullable;

/** The user to propose a match to. */
record NewMatchBody(@Nullable String userId) {}
