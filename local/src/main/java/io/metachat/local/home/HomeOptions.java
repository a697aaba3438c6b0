package io.metachat.local.home;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that let several systems share one machine. */
public final class HomeOptions {

    /** Set by the {@code metachat} script: the project's directory. */
    private static final String ROOT_PROPERTY = "metachat.root";

    private static final String HOME_VARIABLE = "METACHAT_HOME";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Directory for data and logs; default $METACHAT_HOME or .metachat.")
    private @Nullable Path home;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Number to add to every port; default $METACHAT_PORT_OFFSET or 0.")
    private @Nullable Integer portOffset;

    public Home home() {
        String variable = System.getenv().getOrDefault(HOME_VARIABLE, "");
        Path otherwise = variable.isEmpty() ? root().resolve(".metachat") : Path.of(variable);
        return new Home(home != null ? home : otherwise);
    }

    public StateFile stateFile() {
        return new StateFile(home());
    }

    /** @throws LocalException if MetaChat is not up in this home */
    public SystemState living() {
        return stateFile()
                .living()
                .orElseThrow(() -> new LocalException("MetaChat is not up. ./metachat up starts it."));
    }

    public LocalSettings settings(Set<Service> separate) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (portOffset != null) {
            environment.put(PortPlan.OFFSET_VARIABLE, portOffset.toString());
        }
        return new LocalSettings(root(), home(), PortPlan.of(environment), separate);
    }

    private static Path root() {
        return Path.of(System.getProperty(ROOT_PROPERTY, "")).toAbsolutePath();
    }
}
