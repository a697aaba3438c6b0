package io.metachat.axon.eventstoredb.internal.append;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** The streams that the current unit of work has appended to. It may append more than once while it commits. */
public final class UnitOfWorkStreams {

    private static final String RESOURCE = UnitOfWorkStreams.class.getName();

    private UnitOfWorkStreams() {}

    /** Returns the streams appended to already, followed by the given ones, without duplicates. */
    public static List<String> with(List<String> streams) {
        Set<String> all = new LinkedHashSet<>(appended());
        all.addAll(streams);
        return new ArrayList<>(all);
    }

    public static void add(String stream) {
        if (CurrentUnitOfWork.isStarted()) {
            appended().add(stream);
        }
    }

    private static Set<String> appended() {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get().root().getOrComputeResource(RESOURCE, key -> new LinkedHashSet<String>())
                : Set.of();
    }
}
