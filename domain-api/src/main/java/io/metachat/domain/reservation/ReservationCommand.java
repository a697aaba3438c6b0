package io.metachat.domain.reservation;

import io.metachat.domain.Command;
import io.metachat.domain.ReservationId;

/** A command to a name's reservation. */
public sealed interface ReservationCommand extends Command permits ReserveName, ConfirmName, WithdrawName, ReleaseName {

    ReservationId reservation();

    @Override
    default String target() {
        return reservation().stream();
    }
}
