package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.EventStoreDBPersistentSubscriptionsClient;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.StreamAcl;
import com.eventstore.dbclient.StreamMetadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTest {

    @RegisterExtension
    static final EmbeddedEventStoreDbExtension SERVER = new EmbeddedEventStoreDbExtension(EventStoreDbOptions.defaults()
            .withUsers(List.of(
                    EventStoreDbUser.admin("admin", "changeit"),
                    new EventStoreDbUser("ada", "secret", Set.of("writers")),
                    new EventStoreDbUser("bob", "hidden", Set.of()))));

    private static final List<EventStoreDBClient> CLIENTS = new ArrayList<>();

    private final EventStoreDBClient admin;
    private final EventStoreDBClient ada;
    private final EventStoreDBClient bob;
    private final String stream = "guarded-" + UUID.randomUUID();

    AccessTest(EmbeddedEventStoreDb server) {
        admin = client(server, "admin:changeit");
        ada = client(server, "ada:secret");
        bob = client(server, "bob:hidden");
    }

    @AfterAll
    static void closeClients() {
        CLIENTS.forEach(client -> client.shutdown().join());
    }

    @Test
    void shouldLetKnownUsersUseOrdinaryStreams() {
        assertThat(append(ada)).isEqualTo(Status.Code.OK);
        assertThat(append(bob)).isEqualTo(Status.Code.OK);
        assertThat(read(bob)).isEqualTo(Status.Code.OK);
    }

    @Test
    void shouldKeepToTheListsOfAStream() {
        append(admin);
        StreamMetadata metadata = new StreamMetadata();
        metadata.setAcl(new StreamAcl()
                .addReadRoles("bob", "ada")
                .addWriteRoles("writers")
                .addDeleteRoles("$admins")
                .addMetaWriteRoles("$admins"));
        admin.setStreamMetadata(stream, metadata).join();

        assertThat(append(ada)).isEqualTo(Status.Code.OK);
        assertThat(append(bob)).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(read(ada)).isEqualTo(Status.Code.OK);
        assertThat(read(bob)).isEqualTo(Status.Code.OK);
        assertThat(code(ada.deleteStream(stream))).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(code(ada.setStreamMetadata(stream, new StreamMetadata()))).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(code(admin.deleteStream(stream))).isEqualTo(Status.Code.OK);
    }

    @Test
    void shouldKeepSystemStreamsAndTheWholeLogForAdmins() {
        append(admin);

        assertThat(code(bob.readAll(ReadAllOptions.get().maxCount(1)))).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(code(admin.readAll(ReadAllOptions.get().maxCount(1)))).isEqualTo(Status.Code.OK);
        assertThat(code(bob.appendToStream("$mine", event()))).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(code(bob.readStream("$ce-guarded", ReadStreamOptions.get())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void shouldLetOnlyOperatorsManageGroups() {
        EventStoreDBPersistentSubscriptionsClient bobs = EventStoreDBPersistentSubscriptionsClient.from(bob);

        assertThat(code(bobs.createToStream(stream, "group"))).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private Status.Code append(EventStoreDBClient client) {
        return code(client.appendToStream(stream, AppendToStreamOptions.get(), event()));
    }

    private Status.Code read(EventStoreDBClient client) {
        return code(client.readStream(stream, ReadStreamOptions.get()));
    }

    private static EventData event() {
        return EventData.builderAsBinary("guarded", new byte[] {1}).build();
    }

    private static Status.Code code(CompletableFuture<?> call) {
        try {
            call.join();
            return Status.Code.OK;
        } catch (CompletionException failure) {
            return Status.fromThrowable(failure).getCode();
        }
    }

    private static EventStoreDBClient client(EmbeddedEventStoreDb server, String credentials) {
        EventStoreDBClient client = EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(
                "esdb://" + credentials + "@" + server.host() + ":" + server.port() + "?tls=false"));
        CLIENTS.add(client);
        return client;
    }
}
