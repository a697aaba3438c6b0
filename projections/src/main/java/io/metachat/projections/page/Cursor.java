package io.metachat.projections.page;

import java.time.Instant;
import java.util.UUID;

/**
 * A place in a list that is ordered by time, newest first, and by id.
 *
 * @param time in milliseconds
 */
public record Cursor(Instant time, UUID id) {}
