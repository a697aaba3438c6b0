package io.metachat.local;

import io.metachat.local.terminal.Terminal;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Creates the commands, and passes the terminal to those whose constructor takes one. */
final class CommandFactory implements IFactory {

    private final IFactory otherwise = CommandLine.defaultFactory();
    private final Terminal terminal;

    CommandFactory(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Optional<Constructor<?>> taking = Arrays.stream(type.getConstructors())
                .filter(constructor -> Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Terminal.class}))
                .findFirst();
        return taking.isPresent() ? type.cast(taking.get().newInstance(terminal)) : otherwise.create(type);
    }
}
