package io.metachat.diary;

import io.metachat.domain.axon.keyed.KeyedAnswers;
import io.metachat.domain.axon.keyed.KeyedAnswers.KeyedAnswer;
import io.metachat.proto.diary.snapshot.Answer;
import io.metachat.proto.diary.snapshot.DiaryState;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answers to idempotency keys as snapshots hold them, oldest first. */
final class SavedAnswers {

    private SavedAnswers() {}

    static void save(KeyedAnswers answers, DiaryState.Builder state) {
        answers.answers()
                .forEach((key, answer) -> state.addAnswers(Answer.newBuilder()
                        .setKey(key)
                        .setFingerprint(answer.fingerprint())
                        .setSequence(answer.sequence())));
    }

    static KeyedAnswers restore(DiaryState state) {
        Map<String, KeyedAnswer> answers = new LinkedHashMap<>();
        for (Answer answer : state.getAnswersList()) {
            answers.put(answer.getKey(), new KeyedAnswer(answer.getFingerprint(), answer.getSequence()));
        }
        return new KeyedAnswers(answers);
    }
}
