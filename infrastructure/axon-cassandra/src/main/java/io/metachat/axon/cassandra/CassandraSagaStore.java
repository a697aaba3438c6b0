package io.metachat.axon.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import io.metachat.axon.cassandra.internal.Conditional;
import io.metachat.axon.cassandra.internal.Operation;
import io.metachat.axon.cassandra.internal.Serialization;
import io.metachat.axon.cassandra.internal.Serialization.Serialized;
import io.metachat.axon.cassandra.internal.Statements;
import io.metachat.axon.cassandra.internal.Statements.Bound;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sagas and their association values in Cassandra.
 *
 * <p><b>Revisions.</b> A saga is updated and deleted by a lightweight transaction on the revision that was loaded in the
 * same unit of work; when another node has changed it since, {@link SagaConflictException} rolls the unit of work back. A
 * saga that was not loaded in the unit of work (because a cache stands before this store) is written whatever its
 * revision: put no cache before it when several nodes run the same sagas.
 *
 * <p><b>Starts.</b> An event starts a saga of one type once, if {@link SagaStartingEvents} tells which event it was: when
 * a batch is repeated after a crash, or two nodes handle the same event because one of them was stopped for longer than
 * its claim, the second saga is dropped in favour of the first.
 *
 * <p><b>Associations</b> are found by one read of one partition. Their rows are written before the saga that needs them
 * and deleted after it, so that a crash leaves one too many, never one too few; Axon asks each saga that is found whether
 * it is associated.
 *
 * <p>Sagas handle events at least once: between a saga's write and the token's there is no transaction. Thread-safe.
 */
public class CassandraSagaStore implements SagaStore<Object> {

    private static final String REVISIONS = CassandraSagaStore.class.getName() + "/revisions";
    private static final TupleType ASSOCIATION = DataTypes.tupleOf(DataTypes.TEXT, DataTypes.TEXT);

    /** How long another node waits for one that has begun to start a saga and is not heard of any more. */
    private static final int PENDING_START_SECONDS = 60;

    private static final Operation FIND = Operation.repeatable(
            "saga.find",
            "SELECT saga_id FROM ks.saga_association"
                    + " WHERE saga_type = ? AND association_key = ? AND association_value = ?");
    private static final Operation LOAD =
            Operation.repeatable("saga.load", "SELECT * FROM ks.saga WHERE saga_type = ? AND saga_id = ?");
    private static final Operation INSERT = Operation.conditional(
            "saga.insert",
            "INSERT INTO ks.saga (saga_type, saga_id, revision, change, payload, payload_type, payload_revision,"
                    + " associations) VALUES (?, ?, 1, ?, ?, ?, ?, ?) IF NOT EXISTS");
    private static final Operation UPDATE = Operation.conditional(
            "saga.update",
            "UPDATE ks.saga SET revision = ?, change = ?, payload = ?, payload_type = ?, payload_revision = ?,"
                    + " associations = ? WHERE saga_type = ? AND saga_id = ? IF revision = ?");
    private static final Operation DELETE = Operation.conditional(
            "saga.delete", "DELETE FROM ks.saga WHERE saga_type = ? AND saga_id = ? IF revision = ?");
    private static final Operation ASSOCIATE = Operation.repeatable(
            "saga.associate",
            "INSERT INTO ks.saga_association (saga_type, association_key, association_value, saga_id)"
                    + " VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
    private static final Operation DISSOCIATE = Operation.repeatable(
            "saga.dissociate",
            "DELETE FROM ks.saga_association USING TIMESTAMP ?"
                    + " WHERE saga_type = ? AND association_key = ? AND association_value = ? AND saga_id = ?");
    private static final Operation BEGIN_START = Operation.conditional(
            "saga.start",
            "INSERT INTO ks.saga_start (saga_type, event_id, saga_id) VALUES (?, ?, ?) IF NOT EXISTS USING TTL "
                    + PENDING_START_SECONDS);
    private static final Operation END_START = Operation.conditional(
            "saga.start",
            "UPDATE ks.saga_start USING TTL ? SET saga_id = ?, started = true"
                    + " WHERE saga_type = ? AND event_id = ? IF saga_id = ?");
    private static final Operation READ_START = Operation.repeatable(
            "saga.start", "SELECT saga_id, started FROM ks.saga_start WHERE saga_type = ? AND event_id = ?");

    private final Statements statements;
    private final Serialization serialization;
    private final int startMemorySeconds;

    private record SagaKey(String type, String id) {}

    /**
     * Creates a store.
     *
     * @param storage where
     * @param serializer of sagas
     * @param startMemory for how long an event that has started a saga cannot start another of its type
     */
    public CassandraSagaStore(CassandraStorage storage, Serializer serializer, Duration startMemory) {
        this.statements = new Statements(storage);
        this.serialization = new Serialization(serializer);
        this.startMemorySeconds = Math.toIntExact(startMemory.toSeconds());
    }

    @Override
    public Set<String> findSagas(Class<?> sagaType, AssociationValue associationValue) {
        return statements
                .rows(FIND, typeName(sagaType), associationValue.getKey(), associationValue.getValue())
                .stream()
                .map(row -> row.getString("saga_id"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public <S> @Nullable Entry<S> loadSaga(Class<S> sagaType, String sagaIdentifier) {
        SagaKey key = new SagaKey(typeName(sagaType), sagaIdentifier);
        Row row = load(key);
        if (row == null) {
            return null;
        }
        remember(key, row.getLong("revision"));
        S saga = serialization.read(row, "payload", "payload_type", "payload_revision");
        return new StoredSaga<>(saga, associations(row));
    }

    private record StoredSaga<S>(S saga, Set<AssociationValue> associationValues) implements Entry<S> {}

    @Override
    public void insertSaga(
            Class<?> sagaType, String sagaIdentifier, Object saga, Set<AssociationValue> associationValues) {
        SagaKey key = new SagaKey(typeName(sagaType), sagaIdentifier);
        Optional<String> event = SagaStartingEvents.eventOf(saga);
        if (event.isEmpty()) {
            insert(key, saga, associationValues);
        } else if (beginStart(key, event.get())) {
            insert(key, saga, associationValues);
            endStart(key, event.get(), associationValues);
        }
    }

    private void insert(SagaKey key, Object saga, Collection<AssociationValue> associations) {
        Serialized payload = serialization.write(saga);
        UUID change = UUID.randomUUID();
        associate(key, associations, 1);
        Conditional inserted = statements.conditional(
                INSERT,
                key.type(),
                key.id(),
                change,
                payload.data(),
                payload.type(),
                payload.revision(),
                tuples(associations));
        requireMine(inserted, key, change);
        remember(key, 1);
    }

    /** Returns whether this saga is the one to be started by the event; throws while that is undecided. */
    private boolean beginStart(SagaKey key, String event) {
        if (statements.conditional(BEGIN_START, key.type(), event, key.id()).applied()) {
            return true;
        }
        Row start = statements.row(READ_START, key.type(), event);
        String first = start == null ? null : start.getString("saga_id");
        if (key.id().equals(first)) {
            return true;
        }
        if (first != null && start.getBoolean("started")) {
            return false;
        }
        if (first != null && load(new SagaKey(key.type(), first)) != null) {
            statements.conditional(END_START, startMemorySeconds, first, key.type(), event, first);
            return false;
        }
        throw new SagaConflictException(
                "Another node may be about to start a saga of type [%s] by the same event".formatted(key.type()));
    }

    private void endStart(SagaKey key, String event, Set<AssociationValue> associations) {
        Conditional ended =
                statements.conditional(END_START, startMemorySeconds, key.id(), key.type(), event, key.id());
        if (!ended.applied()) {
            // This node took so long that another was allowed to start the saga instead.
            delete(key, 1, associations);
            throw new SagaConflictException(
                    "Another node has started the saga of type [%s] meanwhile".formatted(key.type()));
        }
    }

    @Override
    public void updateSaga(Class<?> sagaType, String sagaIdentifier, Object saga, AssociationValues associationValues) {
        SagaKey key = new SagaKey(typeName(sagaType), sagaIdentifier);
        long revision = revisionOf(key);
        Serialized payload = serialization.write(saga);
        UUID change = UUID.randomUUID();
        associate(key, associationValues.addedAssociations(), revision + 1);
        Conditional updated = statements.conditional(
                UPDATE,
                revision + 1,
                change,
                payload.data(),
                payload.type(),
                payload.revision(),
                tuples(associationValues.asSet()),
                key.type(),
                key.id(),
                revision);
        requireMine(updated, key, change);
        remember(key, revision + 1);
        dissociate(key, associationValues.removedAssociations(), revision + 1);
    }

    @Override
    public void deleteSaga(Class<?> sagaType, String sagaIdentifier, Set<AssociationValue> associationValues) {
        SagaKey key = new SagaKey(typeName(sagaType), sagaIdentifier);
        Row row = load(key);
        if (row != null) {
            Set<AssociationValue> all = Stream.concat(associationValues.stream(), associations(row).stream())
                    .collect(Collectors.toSet());
            delete(key, remembered(key).orElse(row.getLong("revision")), all);
        }
    }

    private void delete(SagaKey key, long revision, Set<AssociationValue> associations) {
        Conditional deleted = statements.conditional(DELETE, key.type(), key.id(), revision);
        if (!deleted.applied() && !(deleted.repeated() && load(key) == null)) {
            throw conflict(key);
        }
        dissociate(key, associations, revision + 1);
    }

    private void associate(SagaKey key, Collection<AssociationValue> associations, long revision) {
        associations.forEach(association -> statements.write(
                ASSOCIATE, key.type(), association.getKey(), association.getValue(), key.id(), revision));
    }

    /** Of a row that is written and deleted at the same revision, Cassandra keeps nothing. */
    private void dissociate(SagaKey key, Collection<AssociationValue> associations, long revision) {
        if (!associations.isEmpty()) {
            statements.logged(
                    DISSOCIATE.name(),
                    associations.stream()
                            .map(association -> new Bound(
                                    DISSOCIATE,
                                    revision,
                                    key.type(),
                                    association.getKey(),
                                    association.getValue(),
                                    key.id()))
                            .toList());
        }
    }

    private void requireMine(Conditional written, SagaKey key, UUID change) {
        if (!written.applied() && !(written.repeated() && isMine(load(key), change))) {
            throw conflict(key);
        }
    }

    private static boolean isMine(@Nullable Row row, UUID change) {
        return row != null && change.equals(row.getUuid("change"));
    }

    private static SagaConflictException conflict(SagaKey key) {
        return new SagaConflictException(
                "Saga [%s] of type [%s] has been changed or ended by another node".formatted(key.id(), key.type()));
    }

    private @Nullable Row load(SagaKey key) {
        return statements.row(LOAD, key.type(), key.id());
    }

    private long revisionOf(SagaKey key) {
        return remembered(key).orElseGet(() -> {
            Row row = load(key);
            if (row == null) {
                throw conflict(key);
            }
            return row.getLong("revision");
        });
    }

    private Optional<Long> remembered(SagaKey key) {
        return CurrentUnitOfWork.isStarted() ? Optional.ofNullable(revisions().get(key)) : Optional.empty();
    }

    private void remember(SagaKey key, long revision) {
        if (CurrentUnitOfWork.isStarted()) {
            revisions().put(key, revision);
        }
    }

    private static Map<SagaKey, Long> revisions() {
        return CurrentUnitOfWork.get().root().getOrComputeResource(REVISIONS, key -> new HashMap<>());
    }

    private String typeName(Class<?> sagaType) {
        return serialization.serializer().typeForClass(sagaType).getName();
    }

    private static Set<TupleValue> tuples(Collection<AssociationValue> associations) {
        return associations.stream()
                .map(association -> ASSOCIATION.newValue(association.getKey(), association.getValue()))
                .collect(Collectors.toSet());
    }

    private static Set<AssociationValue> associations(Row row) {
        Set<TupleValue> tuples = row.getSet("associations", TupleValue.class);
        return tuples == null
                ? Set.of()
                : tuples.stream()
                        .map(tuple -> new AssociationValue(tuple.getString(0), tuple.getString(1)))
                        .collect(Collectors.toSet());
    }
}
