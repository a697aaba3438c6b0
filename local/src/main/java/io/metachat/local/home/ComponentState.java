package io.metachat.local.home;

import java.util.Locale;

/** Where a component is in its life. */
public enum ComponentState {
    WAITING,
    STARTING,
    READY,
    DIED,
    STOPPED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
