package io.metachat.local.lifecycle;

import io.metachat.local.home.ComponentState;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.ComponentStatus;
import io.metachat.local.terminal.Terminal;
import io.metachat.local.terminal.Terminal.Style;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Prints a line for each change of a component's state. */
final class Progress implements Consumer<SystemState> {

    private static final int NAME_WIDTH = 14;

    private final Terminal terminal;
    private final Clock clock;
    private final Map<String, ComponentState> known = new HashMap<>();

    Progress(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void accept(SystemState state) {
        String time = seconds(Duration.between(state.since(), clock.instant()));
        for (ComponentStatus component : state.components()) {
            ComponentState before = known.put(component.name(), component.state());
            boolean neverStarted = before == ComponentState.WAITING && component.state() == ComponentState.STOPPED;
            if (before != component.state() && before != null && !neverStarted) {
                terminal.print(line(component, time));
            }
        }
    }

    private String line(ComponentStatus component, String time) {
        String name = ("%-" + NAME_WIDTH + "s").formatted(component.name());
        return switch (component.state()) {
            case READY -> "  " + name + " " + terminal.styled(Style.GOOD, "ready") + "     " + faint(time);
            case DIED ->
                "  " + name + " " + terminal.styled(Style.BAD, "died") + "      " + component.note() + ", log: "
                        + component.log();
            case WAITING, STARTING, STOPPED ->
                "  " + name + " " + faint("%-9s".formatted(component.state().label()) + " " + time);
        };
    }

    private String faint(String text) {
        return terminal.styled(Style.FAINT, text);
    }

    private static String seconds(Duration time) {
        return "%5.1f s".formatted(time.toMillis() / 1_000.0);
    }
}
