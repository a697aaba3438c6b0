package io.metachat.axon.cassandra.saga;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.connection.Conditional;
import io.metachat.axon.cassandra.connection.Operation;
import io.metachat.axon.cassandra.connection.Serialization;
import io.metachat.axon.cassandra.connection.Serialization.Serialized;
import io.metachat.axon.cassandra.connection.Statements;
import io.metachat.axon.cassandra.connection.Statements.Bound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sagas and their association values in Cassandra.
 *
 * <p><b>Revisions.</b> Updates and deletions of a saga are lightweight transactions, conditional on the revision that was loaded in
 * the same unit of work. When another node has changed the saga since, {@link SagaConflictException} rolls the unit of work back. A
 * saga that was not loaded in the unit of work, because a cache answered instead of this store, is written regardless of its
 * revision: use no cache when several nodes run the same sagas.
 *
 * <p><b>Starts.</b> An event starts one saga of a type, if {@link SagaStartingEvents} records the starting event. A second saga is
 * dropped in favour of the first when a batch is repeated after a crash, or when two nodes handle the same event because one of them
 * was paused for longer than its claim.
 *
 * <p><b>Associations</b> are found with one read of one partition. Their rows are written before the saga that needs them and
 * deleted after it, so a crash leaves a superfluous row and never a missing one. Axon checks each saga that is found.
 *
 * <p>Sagas handle events at least once: no transaction spans a saga's write and the token's. A saga that parks events ({@link
 * SagaParking}) keeps the position of the last event with its state, and handles none twice. Thread-safe.
 */
public class CassandraSagaStore implements SagaStore<Object> {

    private static final String SAGAS = CassandraSagaStore.class.getName() + "/sagas";
    private static final TupleType ASSOCIATION = DataTypes.tupleOf(DataTypes.TEXT, DataTypes.TEXT);

    private static final Operation FIND = Operation.repeatable(
            "saga.find",
            "SELECT saga_id FROM ks.saga_association"
                    + " WHERE saga_type = ? AND association_key = ? AND association_value = ?");
    private static final Operation LOAD = Operation.repeatable(
            "saga.load",
            "SELECT revision, change, payload, payload_type, payload_revision, associations, handled, handled_type"
                    + " FROM ks.saga WHERE saga_type = ? AND saga_id = ?");
    private static final Operation INSERT = Operation.conditional(
            "saga.insert",
            "INSERT INTO ks.saga (saga_type, saga_id, revision, change, payload, payload_type, payload_revision,"
                    + " associations, handled, handled_type) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS");
    private static final Operation UPDATE = Operation.conditional(
            "saga.update",
            "UPDATE ks.saga SET revision = ?, change = ?, payload = ?, payload_type = ?, payload_revision = ?,"
                    + " associations = ? WHERE saga_type = ? AND saga_id = ? IF revision = ?");
    private static final Operation UPDATE_HANDLED = Operation.conditional(
            "saga.update",
            "UPDATE ks.saga SET handled = ?, handled_type = ?, revision = ?, change = ?, payload = ?, payload_type = ?,"
                    + " payload_revision = ?, associations = ? WHERE saga_type = ? AND saga_id = ? IF revision = ?");
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
    private final Statements statements;
    private final Serialization serialization;
    private final SagaStarts starts;

    private record SagaKey(String type, String id) {}

    /**
     * A saga as this unit of work has read or written it.
     *
     * @param handled the position of the last event that it has handled, if that is kept
     */
    private record Known(long revision, @Nullable TrackingToken handled) {}

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
        this.starts = new SagaStarts(statements, startMemory);
    }

    @Override
    public Set<String> findSagas(Class<?> sagaType, AssociationValue associationValue) {
        if (associationValue.getValue() == null) {
            // An event whose property is empty. As in Axon's relational stores, it finds none.
            return Set.of();
        }
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
        remember(key, row.getLong("revision"), serialization.read(row, "handled"));
        S saga = Objects.requireNonNull(serialization.read(row, "payload", "payload_type", "payload_revision"));
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
        Optional<TrackingToken> handled = HandledEvents.current();
        Serialized position = serialization.write(handled.orElse(null));
        Conditional inserted = statements.conditional(
                INSERT,
                key.type(),
                key.id(),
                change,
                payload.data(),
                payload.type(),
                payload.revision(),
                tuples(associations),
                position.data(),
                position.type());
        requireMine(inserted, key, change);
        remember(key, 1, handled.orElse(null));
    }

    /** Returns whether this saga is the one to be started by the event; throws while that is undecided. */
    private boolean beginStart(SagaKey key, String event) {
        if (starts.begin(key.type(), event, key.id())) {
            return true;
        }
        Optional<SagaStart> start = startedBy(key.type(), event);
        if (start.filter(begun -> begun.sagaId().equals(key.id()) && !begun.done())
                .isPresent()) {
            return true;
        }
        if (start.filter(SagaStart::done).isPresent()) {
            return false;
        }
        throw new SagaConflictException(
                "Another node may be about to start a saga of type [%s] by the same event".formatted(key.type()));
    }

    /** Returns which saga an event has started, or begun to start; a start whose saga is there has ended. */
    Optional<SagaStart> startedBy(Class<?> sagaType, String event) {
        return startedBy(typeName(sagaType), event);
    }

    private Optional<SagaStart> startedBy(String type, String event) {
        return starts.find(type, event).map(start -> {
            if (!start.done() && load(new SagaKey(type, start.sagaId())) != null) {
                starts.end(type, event, start.sagaId());
                return start.ended();
            }
            return start;
        });
    }

    /**
     * Remembers that an event is parked that was to start a saga: what follows for it finds the saga by its first
     * association, and the event starts no other.
     */
    void parkStart(Class<?> sagaType, String sagaIdentifier, String event, AssociationValue association) {
        SagaKey key = new SagaKey(typeName(sagaType), sagaIdentifier);
        associate(key, Set.of(association), 1);
        starts.park(key.type(), event, key.id());
    }

    /** Remembers that an event that was to start a saga will start none. */
    void discardStart(Class<?> sagaType, String sagaIdentifier, String event, AssociationValue association) {
        SagaKey key = new SagaKey(typeName(sagaType), sagaIdentifier);
        starts.end(key.type(), event, key.id());
        dissociate(key, Set.of(association), 2);
    }

    /**
     * Returns whether the saga, as loaded in this unit of work, has handled an event of this position or of a later one; false when
     * this is unknown.
     */
    boolean hasHandled(Class<?> sagaType, String sagaIdentifier, TrackingToken position) {
        return known(new SagaKey(typeName(sagaType), sagaIdentifier))
                .map(Known::handled)
                .filter(handled -> handled.getClass() == position.getClass() && handled.covers(position))
                .isPresent();
    }

    private void endStart(SagaKey key, String event, Set<AssociationValue> associations) {
        if (!starts.end(key.type(), event, key.id())) {
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
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                revision + 1,
                change,
                payload.data(),
                payload.type(),
                payload.revision(),
                tuples(associationValues.asSet()),
                key.type(),
                key.id(),
                revision));
        Optional<TrackingToken> handled = HandledEvents.current();
        handled.map(serialization::write)
                .ifPresent(position -> values.addAll(0, List.of(position.data(), position.type())));
        Conditional updated = statements.conditional(handled.isPresent() ? UPDATE_HANDLED : UPDATE, values.toArray());
        requireMine(updated, key, change);
        remember(
                key,
                revision + 1,
                handled.or(() -> known(key).map(Known::handled)).orElse(null));
        dissociate(key, associationValues.removedAssociations(), revision + 1);
    }

    @Override
    public void deleteSaga(Class<?> sagaType, String sagaIdentifier, Set<AssociationValue> associationValues) {
        SagaKey key = new SagaKey(typeName(sagaType), sagaIdentifier);
        Row row = load(key);
        if (row != null) {
            Set<AssociationValue> all = Stream.concat(associationValues.stream(), associations(row).stream())
                    .collect(Collectors.toSet());
            delete(key, known(key).map(Known::revision).orElse(row.getLong("revision")), all);
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
        withValue(associations)
                .forEach(association -> statements.write(
                        ASSOCIATE, key.type(), association.getKey(), association.getValue(), key.id(), revision));
    }

    /** Of a row that is written and deleted at the same revision, Cassandra keeps nothing. */
    private void dissociate(SagaKey key, Collection<AssociationValue> associations, long revision) {
        List<Bound> deletions = withValue(associations)
                .map(association -> new Bound(
                        DISSOCIATE, revision, key.type(), association.getKey(), association.getValue(), key.id()))
                .toList();
        if (!deletions.isEmpty()) {
            statements.logged(DISSOCIATE.name(), deletions);
        }
    }

    private static Stream<AssociationValue> withValue(Collection<AssociationValue> associations) {
        return associations.stream().filter(association -> association.getValue() != null);
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
        return known(key).map(Known::revision).orElseGet(() -> {
            Row row = load(key);
            if (row == null) {
                throw conflict(key);
            }
            return row.getLong("revision");
        });
    }

    private Optional<Known> known(SagaKey key) {
        return CurrentUnitOfWork.isStarted() ? Optional.ofNullable(sagas().get(key)) : Optional.empty();
    }

    private void remember(SagaKey key, long revision, @Nullable TrackingToken handled) {
        if (CurrentUnitOfWork.isStarted()) {
            sagas().put(key, new Known(revision, handled));
        }
    }

    private static Map<SagaKey, Known> sagas() {
        return CurrentUnitOfWork.get().root().getOrComputeResource(SAGAS, key -> new HashMap<>());
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
