package io.metachat.diary.reanalysis;

import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import io.metachat.service.operations.OperatorApi;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Reanalyses, for operators. */
@OperatorApi
@RequestMapping("/operations/reanalysis")
class ReanalysisOperations {

    private final Reanalysis reanalysis;

    ReanalysisOperations(Reanalysis reanalysis) {
        this.reanalysis = reanalysis;
    }

    /** Begins to publish the entries that were written or edited since then. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReanalysisReport start(@RequestParam String since) {
        return reanalysis.start(instant(since));
    }

    @GetMapping
    ReanalysisReport get() {
        return reanalysis
                .report()
                .orElseThrow(() -> Problem.notFound(
                                "no-reanalysis", "This instance has not begun a reanalysis since its start.")
                        .toException());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel() {
        reanalysis.cancel();
    }

    private static Instant instant(String since) {
        try {
            return Instant.parse(since);
        } catch (DateTimeParseException e) {
            throw Problem.invalid(List.of(new FieldError("since", "must be a time as in 2026-11-01T00:00:00Z")))
                    .toException();
        }
    }
}
