package io.metachat.axon.cassandra.saga;

import io.metachat.axon.cassandra.TestStorage;
import io.metachat.axon.cassandra.kit.SagaStoreContract;
import java.time.Duration;
import org.axonframework.modelling.saga.ResourceInjector;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.junit.jupiter.api.extension.RegisterExtension;

class CassandraSagaStoreIT extends SagaStoreContract {

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    @Override
    protected SagaStore<Object> store() {
        return new CassandraSagaStore(CASSANDRA.storage(), TestStorage.serializer(), Duration.ofDays(1));
    }

    @Override
    protected ResourceInjector recording(ResourceInjector injector) {
        return new SagaStartingEvents(injector);
    }
}
