package io.metachat.benchmarks.eventstore;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.metachat.axon.eventstoredb.EventTypeRegistry;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;

/** The aggregate of the measured events; an event is about 300 bytes of JSON, without metadata. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
final class Note {

    static final String TYPE = "Note";

    static final EventTypeRegistry EVENT_TYPES = EventTypeRegistry.builder()
            .register("bench.NoteWritten", 1, NoteWritten.class)
            .build();

    static final String TEXT =
            "Slept badly, got up late, missed the bus and walked along the river instead. ".repeat(3);

    /** The only event. */
    record NoteWritten(String noteId, long number, String text) {}

    @AggregateIdentifier
    private String noteId = "";

    private long written;

    @EventSourcingHandler
    void on(NoteWritten event) {
        noteId = event.noteId();
        written++;
    }

    long written() {
        return written;
    }

    static DomainEventMessage<NoteWritten> event(String noteId, long sequence) {
        return new GenericDomainEventMessage<>(TYPE, noteId, sequence, new NoteWritten(noteId, sequence, TEXT));
    }

    /** Returns the events from the first number up to the second, exclusive. */
    static Stream<DomainEventMessage<NoteWritten>> events(String noteId, long from, long to) {
        return LongStream.range(from, to).mapToObj(sequence -> event(noteId, sequence));
    }

    /** Returns a snapshot of the note after this event, as Axon's snapshotter would store it. */
    static DomainEventMessage<Note> snapshot(String noteId, long sequence) {
        Note note = new Note();
        note.noteId = noteId;
        note.written = sequence + 1;
        return new GenericDomainEventMessage<>(TYPE, noteId, sequence, note);
    }
}
