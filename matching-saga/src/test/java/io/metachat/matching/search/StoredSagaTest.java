package io.metachat.matching.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.service.json.EventJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Sagas are stored by class name and field name: these rows were written before this test and must stay readable. */
class StoredSagaTest {

    private static final String RUNNING = "{\"searcher\":\"00000000-0000-0001-0000-000000000001\","
            + "\"searchId\":\"00000000-0000-0005-0000-000000000005\","
            + "\"current\":\"6209c949-8229-5ee3-8bae-8d7f1c920385\","
            + "\"deadlineId\":\"0f4d3a52-9d0e-4a63-8a43-0d1c1f6f0a11\","
            + "\"tried\":[\"00000000-0000-0001-0000-000000000002\"]}";

    private final JsonMapper json = EventJson.mapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                RUNNING,
                "{\"searcher\":null,\"searchId\":null,\"current\":null,\"deadlineId\":null,\"tried\":[]}"
            })
    void shouldReadAndWriteSearchesAsTheyAreStored(String stored) {
        assertThat(json.writeValueAsString(json.readValue(stored, MatchingSaga.class)))
                .isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"deadlineId\":\"0f4d3a52-9d0e-4a63-8a43-0d1c1f6f0a11\"}", "{\"deadlineId\":null}"})
    void shouldReadAndWriteDirectProposalsAsTheyAreStored(String stored) {
        assertThat(json.writeValueAsString(json.readValue(stored, DirectProposalSaga.class)))
                .isEqualTo(stored);
    }

    @Test
    void shouldKeepTheStoredNames() {
        assertThat(MatchingSaga.class.getName()).isEqualTo("io.metachat.matching.search.MatchingSaga");
        assertThat(DirectProposalSaga.class.getName()).isEqualTo("io.metachat.matching.search.DirectProposalSaga");
        assertThat(MatchingSaga.PROCESSOR).isEqualTo("matching-saga");
        assertThat(AnswerDeadline.NAME).isEqualTo("answer-due");
        assertThat(ProposalWithdrawals.PROCESSOR).isEqualTo("departures");
    }
}
