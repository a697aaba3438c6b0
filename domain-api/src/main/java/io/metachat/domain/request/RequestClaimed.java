package io.metachat.domain.request;

import io.metachat.domain.RequestId;
import io.metachat.domain.UserId;
import java.time.Instant;

/** A key stands for one request from now on. */
public record RequestClaimed(RequestId requestId, UserId userId, String fingerprint, Instant claimedAt)
        implements RequestEvent {}
