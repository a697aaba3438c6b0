package io.metachat.embedded.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * The command line of a JVM.
 *
 * @param options JVM options, such as heap size and collector
 * @param properties system properties
 */
public record JavaCommand(
        Path javaHome,
        List<String> options,
        Map<String, String> properties,
        List<Path> classPath,
        String mainClass,
        List<String> arguments) {

    public JavaCommand {
        options = List.copyOf(options);
        properties = Map.copyOf(properties);
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
    }

    /** Returns the home of the JVM that runs this code. */
    public static Path currentJavaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    public JavaCommand withProperty(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(name, value);
        return new JavaCommand(javaHome, options, more, classPath, mainClass, arguments);
    }

    public List<String> toList() {
        return with(List.of());
    }

    public List<String> with(List<String> moreOptions) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(options);
        command.addAll(moreOptions);
        properties.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(property -> command.add("-D" + property.getKey() + "=" + property.getValue()));
        command.add("-cp");
        command.add(joinedClassPath());
        command.add(mainClass);
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** Returns everything that a class archive depends on: the JVM rejects an archive whose jars have changed. */
    public String archiveIdentity() throws IOException {
        StringJoiner identity = new StringJoiner("\n");
        identity.add(javaHome.toString()).add(Runtime.version().toString()).add(String.join(" ", optionsOfArchive()));
        for (Path entry : classPath) {
            identity.add(entry + " " + Files.size(entry) + " " + Files.getLastModifiedTime(entry));
        }
        return identity.toString();
    }

    /** An archive serves any heap size. */
    private List<String> optionsOfArchive() {
        return options.stream()
                .filter(option -> !option.startsWith("-Xmx") && !option.startsWith("-Xms"))
                .toList();
    }

    private String joinedClassPath() {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
