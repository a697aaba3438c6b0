package io.metachat.local.home;

import java.util.Locale;

/** The lifecycle states of a component. */
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
