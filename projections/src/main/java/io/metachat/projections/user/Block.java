package io.metachat.projections.user;

import static org.springframework.data.cassandra.core.cql.PrimaryKeyType.PARTITIONED;

import java.time.Instant;
import java.util.UUID;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;

/** A row of a person who is blocked by another. */
public record Block(
        @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
        @PrimaryKeyColumn(ordinal = 1) UUID blockedId,
        Instant blockedAt) {}
