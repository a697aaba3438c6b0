package io.metachat.diary.mood;

import io.metachat.domain.diary.RecordAnalysis;
import io.metachat.kafka.relay.MalformedEventException;
import io.metachat.kafka.relay.ReceivedEvent;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.service.json.EventJson;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the mood service's results into the diaries that they belong to. A redelivered result changes nothing; the
 * counter {@code metachat.diary.analyses} says by {@code outcome} what became of each.
 */
@Component
public class MoodResults {

    private static final String ANALYSES = "metachat.diary.analyses";

    private final JsonMapper json = EventJson.mapper();
    private final CommandDispatcher commands;
    private final MeterRegistry meters;

    MoodResults(CommandDispatcher commands, MeterRegistry meters) {
        this.commands = commands;
        this.meters = meters;
    }

    /** @throws MalformedEventException when the message makes no sense */
    public void record(ReceivedEvent event) {
        RecordAnalysis command = read(event);
        if (!command.target().equals(event.subject())) {
            throw new MalformedEventException("The subject is not the diary of the content's user");
        }
        count(dispatch(command));
    }

    private String dispatch(RecordAnalysis command) {
        try {
            AnalysisOutcome outcome =
                    commands.<AnalysisOutcome>dispatchUnkeyed(command).result();
            return outcome.name().toLowerCase(Locale.ROOT);
        } catch (AggregateNotFoundException e) {
            return "unknown_diary";
        }
    }

    private RecordAnalysis read(ReceivedEvent event) {
        try {
            MoodResult result = json.readValue(event.data(), MoodResult.class);
            if (result == null) {
                throw new MalformedEventException("The content is empty");
            }
            return result.command();
        } catch (JacksonException e) {
            // Without the cause: its message quotes the content.
            throw new MalformedEventException("The content is not the JSON of a mood result");
        }
    }

    private void count(String outcome) {
        meters.counter(ANALYSES, "outcome", outcome).increment();
    }
}
