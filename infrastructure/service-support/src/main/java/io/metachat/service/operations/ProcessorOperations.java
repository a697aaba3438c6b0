package io.metachat.service.operations;

import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.health.StreamingProcessors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The streaming processors of a service, for operators: their segments, and commands to split and merge these. An
 * instance changes only segments that run in it, and responds 404 for all others.
 */
@OperatorApi
@RequestMapping("/operations/processors")
final class ProcessorOperations {

    private static final long PATIENCE_SECONDS = 10;

    private final StreamingProcessors processors;

    ProcessorOperations(StreamingProcessors processors) {
        this.processors = processors;
    }

    @GetMapping
    List<ProcessorReport> list() {
        return processors.byName().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(processor -> ProcessorReport.of(processor.getKey(), processor.getValue()))
                .toList();
    }

    @GetMapping("/{name}")
    ProcessorReport get(@PathVariable String name) {
        return ProcessorReport.of(name, known(name));
    }

    /** Splits a segment into two, each with half of its sequences. */
    @PostMapping("/{name}/segments/{segment}/split")
    ProcessorReport split(@PathVariable String name, @PathVariable int segment) {
        return change(name, segment, StreamingEventProcessor::splitSegment);
    }

    /** Merges a segment with the one that it was split from. */
    @PostMapping("/{name}/segments/{segment}/merge")
    ProcessorReport merge(@PathVariable String name, @PathVariable int segment) {
        return change(name, segment, StreamingEventProcessor::mergeSegment);
    }

    private ProcessorReport change(
            String name, int segment, BiFunction<StreamingEventProcessor, Integer, CompletableFuture<Boolean>> change) {
        StreamingEventProcessor processor = known(name);
        if (!processor.processingStatus().containsKey(segment)) {
            throw Problem.notFound("segment-not-here", "No such segment runs in this instance.")
                    .toException();
        }
        if (!await(change.apply(processor, segment))) {
            throw Problem.of(
                            "segment-not-changed",
                            ProblemCategory.CONFLICT,
                            "The segment has no other half, or another instance works on it.")
                    .toException();
        }
        return ProcessorReport.of(name, processor);
    }

    private static boolean await(CompletableFuture<Boolean> change) {
        try {
            return change.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw Problem.unavailable(
                                "processor-busy", "The processor did not answer in time.", Duration.ofSeconds(5))
                        .toException();
            }
            throw e;
        }
    }

    private StreamingEventProcessor known(String name) {
        return Optional.ofNullable(processors.byName().get(name))
                .orElseThrow(() -> Problem.notFound("processor-not-found", "There is no such processor here.")
                        .toException());
    }
}
