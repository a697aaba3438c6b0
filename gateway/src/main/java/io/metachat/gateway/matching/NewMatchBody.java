package io.metachat.gateway.matching;

import org.jspecify.annotations.Nullable;

/** Whom to ask. */
record NewMatchBody(@Nullable String userId) {}
