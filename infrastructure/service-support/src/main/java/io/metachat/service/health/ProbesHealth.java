package io.metachat.service.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/** All probes of a service. They run from its start to its stop. */
final class ProbesHealth implements CompositeHealthContributor, DisposableBean {

    private final Map<String, ProbeHealth> probes = new LinkedHashMap<>();

    ProbesHealth(List<Probe> probes, String service) {
        probes.forEach(probe -> this.probes.put(probe.name(), new ProbeHealth(probe, service)));
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return probes.get(name);
    }

    @Override
    public Stream<Entry> stream() {
        return probes.entrySet().stream().map(probe -> new Entry(probe.getKey(), probe.getValue()));
    }

    @Override
    public void destroy() {
        probes.values().forEach(ProbeHealth::stop);
    }
}
