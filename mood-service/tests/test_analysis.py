"""From an entry to its analysis."""

from pathlib import Path

import pytest

from mood_service.analysis.affect import AROUSAL
from mood_service.analysis.entry import EMOTIONS, EntryAnalyser
from mood_service.analysis.keywords import KeywordExtractor
from mood_service.analysis.topics import TopicLexicon, read_learnt, write_learnt
from mood_service.model.heads import LABELS

TOPICS_RIGHT = 50
ROOM = 1
"""Texts by which the topics may fall behind what was reached."""


@pytest.mark.parametrize(
    ("text", "dominant"),
    [
        ("I am so happy today, this was the best day ever!", "joy"),
        ("I am terrified of the operation tomorrow.", "fear"),
        ("I feel sad and I miss my grandmother so much.", "sadness"),
        ("That was disgusting, I felt sick when I saw it.", "disgust"),
        ("I am so angry at him, I hate this.", "anger"),
        ("Wow, I did not expect that at all!", "surprise"),
        ("I can't wait for our trip next week!", "anticipation"),
    ],
)
def test_should_find_the_dominant_emotion(
    analyser: EntryAnalyser, text: str, dominant: str
) -> None:
    analysis = analyser.analyse("", text)
    assert analysis.dominant == dominant
    assert analysis.reason is None
    assert analysis.emotions[EMOTIONS.index(dominant)] == max(analysis.emotions)


def test_should_stay_within_the_ranges(analyser: EntryAnalyser) -> None:
    for text in ["a", "I HATE you!!! " * 300, "😭" * 500, "no. " * 2_000, "x" * 100_000]:
        analysis = analyser.analyse("t" * 200, text)
        assert len(analysis.emotions) == 8
        assert all(0 <= value <= 1 for value in analysis.emotions)
        assert -1 <= analysis.valence <= 1
        assert 0 <= analysis.arousal <= 1
        assert 0 <= analysis.confidence <= 1
        assert all(len(keyword) <= 81 for keyword in analysis.keywords)


def test_should_give_valence_and_arousal_their_signs(analyser: EntryAnalyser) -> None:
    joy = analyser.analyse("", "I am so excited and happy, what a wonderful day!!")
    grief = analyser.analyse("", "I feel sad and lonely tonight.")
    calm = analyser.analyse("", "The bus left at nine and I read the paper.")
    assert joy.valence > 0.5
    assert grief.valence < 0
    assert joy.arousal > grief.arousal
    assert joy.arousal > calm.arousal


def test_should_be_calm_about_neutral_text(analyser: EntryAnalyser) -> None:
    analysis = analyser.analyse("", "The meeting was moved from room four to room six.")
    assert analysis.dominant is None
    assert analysis.reason == "neutral"
    assert analysis.confidence < 0.2
    assert abs(analysis.valence) < 0.3


def test_should_believe_short_texts_less(analyser: EntryAnalyser) -> None:
    short = analyser.analyse("", "So happy!")
    longer = analyser.analyse("", "I am so happy about this today!")
    assert short.reason == "too-short"
    assert short.confidence < longer.confidence


def test_should_read_a_smiley_without_words(analyser: EntryAnalyser) -> None:
    analysis = analyser.analyse("", "😭😭")
    assert analysis.status == "analysed"
    assert analysis.reason == "too-short"
    assert analysis.confidence < 0.2
    assert analyser.analyse("", "— 12 —").reason == "no-words"


def test_should_not_care_in_which_order_sentences_stand(analyser: EntryAnalyser) -> None:
    parts = ["I was so scared.", "We had soup.", "I love my sister!"]
    there = analyser.analyse("", " ".join(parts))
    back = analyser.analyse("", " ".join(reversed(parts)))
    assert there.emotions == pytest.approx(back.emotions, abs=1e-6)
    assert there.valence == pytest.approx(back.valence, abs=1e-6)


def test_should_hear_one_strong_sentence_among_calm_ones(analyser: EntryAnalyser) -> None:
    calm = "I took the bus to the office. We had a meeting at ten. Then I ate lunch. "
    analysis = analyser.analyse("", calm + "I am terrified of the operation tomorrow.")
    assert analysis.dominant == "fear"


def test_should_point_at_the_evidence_in_code_points(analyser: EntryAnalyser) -> None:
    text = "😀 Breakfast at eight. 🎈 I am so grateful and happy today! The bus was late."
    analysis = analyser.analyse("A title that does not count", text)
    assert analysis.dominant == "joy"
    assert "I am so grateful and happy today!" in [
        text[part.start : part.end] for part in analysis.evidence
    ]


def test_should_give_each_label_an_arousal() -> None:
    assert set(AROUSAL) == set(LABELS)
    assert min(AROUSAL, key=AROUSAL.__getitem__) == "neutral"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("My boss moved the deadline of the project again.", "work"),
        ("The exam at the university went well.", "study"),
        ("Dinner with my parents and my sister.", "family"),
        ("I went to the gym and ran five miles.", "sport"),
        ("The flight to Lisbon was late, my suitcase is lost.", "travel"),
        ("The vet says the puppy is fine.", "animals"),
        ("I could not sleep, the nightmares woke me.", "sleep"),
        ("The rent is due and the bank called about the loan.", "money"),
    ],
)
def test_should_know_what_an_entry_is_about(text: str, topic: str) -> None:
    assert TopicLexicon.shipped().topics_of(text)[0].name == topic


def test_should_tell_topics_by_more_words_than_the_lexicon_lists(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = (Path(__file__).parent / "topics.tsv").read_text(encoding="utf-8").splitlines()
    cases = [line.split("\t") for line in lines if not line.startswith("#")]
    right = {
        name: sum(
            bool(found := lexicon.topics_of(text)) and found[0].name in topic.split("|")
            for topic, text in cases
        )
        for name, lexicon in {
            "listed words": TopicLexicon.listed(),
            "learnt words too": TopicLexicon.shipped(),
        }.items()
    }
    with capsys.disabled():
        print("\ntopics")
        for name, count in right.items():
            print(f"  {name:17} {count:3} of {len(cases):3}")
    assert right["learnt words too"] >= TOPICS_RIGHT - ROOM
    assert right["learnt words too"] > right["listed words"]


def test_should_share_out_less_of_a_word_that_was_learnt() -> None:
    lexicon = TopicLexicon({"a": ["one"], "b": []}, {"sure": {"b": 0.9}, "torn": {"a": 1, "b": 1}})
    listed, learnt = lexicon.topics_of("one sure")
    assert (listed.name, learnt.name) == ("a", "b")
    assert listed.weight == pytest.approx(1 / 1.9, abs=1e-4)
    assert learnt.weight == pytest.approx(0.9 / 1.9, abs=1e-4)
    assert [t.weight for t in lexicon.topics_of("torn")] == [0.5, 0.5]


def test_should_write_what_was_learnt_as_it_is_read(tmp_path: Path) -> None:
    learnt = {"kayak": {"sport": 0.8, "travel": 0.61}, "abbey": {"faith": 0.97}}
    write_learnt(learnt, tmp_path / "topics.tsv")
    assert read_learnt((tmp_path / "topics.tsv").read_text(encoding="utf-8")) == learnt


def test_should_share_out_what_is_said_about_topics() -> None:
    topics = TopicLexicon({"a": ["one", "both"], "b": ["both", "two*"]}).topics_of("One twofold")
    assert [(topic.name, topic.weight) for topic in topics] == [("a", 0.5), ("b", 0.5)]
    first_named = TopicLexicon({"b": ["two"], "a": ["one"]}).topics_of("two one")
    assert [topic.name for topic in first_named] == ["b", "a"]
    assert TopicLexicon.shipped().topics_of("Hm, and then?") == ()


def test_should_name_keywords_that_tell_something() -> None:
    text = (
        "Today I finally talked to my manager about the project. My sister came for dinner. "
        "The project is late and the manager knows it."
    )
    keywords = KeywordExtractor().keywords_of("", text)
    assert {"project", "manager"} <= set(keywords)
    assert "today" not in keywords
    assert "finally" not in keywords
    assert len(keywords) <= 8
    assert KeywordExtractor().keywords_of("", "") == ()
