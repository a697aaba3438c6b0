package io.metachat.gateway.matching;

import io.metachat.gateway.http.Exchange;
import io.metachat.gateway.http.Page;
import io.metachat.proto.v1.CancelSearchRequest;
import io.metachat.proto.v1.CompatibilityRequest;
import io.metachat.proto.v1.FindCandidatesRequest;
import io.metachat.proto.v1.GetMatchingPreferencesRequest;
import io.metachat.proto.v1.GetSearchRequest;
import io.metachat.proto.v1.MatchingGrpc.MatchingBlockingStub;
import io.metachat.proto.v1.MatchingPreferences;
import io.metachat.proto.v1.QueriesGrpc.QueriesBlockingStub;
import io.metachat.proto.v1.StartSearchRequest;
import io.metachat.proto.v1.UserCommandsGrpc.UserCommandsBlockingStub;
import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /matching}: preferences, candidates, and the search. */
@RestController
@RequestMapping("/api/v1/matching")
class MatchingRoutes {

    private final UserCommandsBlockingStub users;
    private final MatchingBlockingStub matching;
    private final QueriesBlockingStub queries;

    MatchingRoutes(UserCommandsBlockingStub users, MatchingBlockingStub matching, QueriesBlockingStub queries) {
        this.users = users;
        this.matching = matching;
        this.queries = queries;
    }

    @GetMapping("/preferences")
    PreferencesView preferences(Exchange exchange) {
        return PreferencesView.of(exchange.read(
                () -> queries.getMatchingPreferences(GetMatchingPreferencesRequest.getDefaultInstance())));
    }

    @PutMapping("/preferences")
    PreferencesView changePreferences(Exchange exchange, @RequestBody PreferencesView body) {
        if (body.enabled() == null) {
            throw Problem.invalid(List.of(new FieldError("enabled", "is required")))
                    .toException();
        }
        MatchingPreferences.Builder request = MatchingPreferences.newBuilder().setEnabled(body.enabled());
        Optional.ofNullable(body.minAge()).ifPresent(request::setMinAge);
        Optional.ofNullable(body.maxAge()).ifPresent(request::setMaxAge);
        exchange.write(() -> users.changeMatchingPreferences(request.build()));
        return body;
    }

    /** Best first. There is no second page, because a shown candidate changes the ranking. */
    @GetMapping("/candidates")
    Page<CandidateView> candidates(Exchange exchange, @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit) {
        FindCandidatesRequest request =
                FindCandidatesRequest.newBuilder().setLimit(limit).build();
        List<CandidateView> items = exchange.read(() -> matching.findCandidates(request)).getItemsList().stream()
                .map(CandidateView::of)
                .toList();
        return new Page<>(items, null);
    }

    @GetMapping("/compatibility/{userId}")
    CandidateView compatibility(Exchange exchange, @PathVariable String userId) {
        CompatibilityRequest request =
                CompatibilityRequest.newBuilder().setUserId(userId).build();
        return CandidateView.of(exchange.read(() -> matching.getCompatibility(request)));
    }

    @PostMapping("/search")
    @ResponseStatus(HttpStatus.ACCEPTED)
    SearchView.Started startSearch(Exchange exchange) {
        String searchId = exchange.write(() -> matching.startSearch(StartSearchRequest.getDefaultInstance()))
                .getSearchId();
        return new SearchView.Started(searchId, "running");
    }

    /** The running search, or the last one. */
    @GetMapping("/search")
    SearchView search(Exchange exchange) {
        return SearchView.of(exchange.read(() -> queries.getSearch(GetSearchRequest.getDefaultInstance())));
    }

    @DeleteMapping("/search")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancelSearch(Exchange exchange) {
        exchange.write(() -> matching.cancelSearch(CancelSearchRequest.getDefaultInstance()));
    }
}
