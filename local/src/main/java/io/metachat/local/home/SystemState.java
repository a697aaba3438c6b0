package io.metachat.local.home;

import io.metachat.embedded.process.RunningProcess;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The supervisor's state, published in {@code state.json} for other commands and for scripts.
 *
 * @param failure the reason why the start failed, in the phase {@code failed}
 * @param ports the port of every endpoint by its label
 */
public record SystemState(
        Phase phase,
        RunningProcess supervisor,
        Instant since,
        @Nullable String failure,
        List<ComponentStatus> components,
        Map<String, Integer> ports) {

    public SystemState {
        components = List.copyOf(components);
        ports = Map.copyOf(ports);
    }

    /** Returns the port on which the endpoint listens. */
    public int portOf(Endpoint endpoint) {
        return Objects.requireNonNull(ports.get(endpoint.label()), endpoint::label);
    }

    /** The lifecycle phases of the whole system. */
    public enum Phase {
        STARTING,
        READY,
        STOPPING,
        STOPPED,
        FAILED
    }

    /**
     * @param note a remark about the state, for example "ended with exit code 137"
     * @param process null while the component does not run
     */
    public record ComponentStatus(
            String name,
            ComponentState state,
            @Nullable String note,
            @Nullable RunningProcess process,
            int restarts,
            List<String> endpoints,
            String log) {

        public ComponentStatus {
            endpoints = List.copyOf(endpoints);
        }
    }
}
