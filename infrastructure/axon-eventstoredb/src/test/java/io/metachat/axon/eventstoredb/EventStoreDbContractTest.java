package io.metachat.axon.eventstoredb;

import io.metachat.axon.eventstoredb.kit.EventStoreDbContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventStoreDbContractTest extends EventStoreDbContract {

    @RegisterExtension
    static final TestStore STORE = new TestStore();

    @Override
    protected String connectionString() {
        return STORE.connectionString();
    }
}
