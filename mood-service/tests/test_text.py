"""Tokens, sentences, language."""

import pytest

from mood_service.analysis.entry import EntryAnalyser
from mood_service.model.features import character_features, masked_tokens, negated, word_features
from mood_service.text.emoji import smiley_class
from mood_service.text.language import LanguageGate
from mood_service.text.sentences import LONGEST, sentences
from mood_service.text.tokens import normalise, raw_tokens, word_count


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Don't go!!", ["Don't", "go", "!!"]),
        ("It\u2019s [NAME]...", ["It\u2019s", "[NAME]", "..."]),
        ("sad :'( and <3", ["sad", ":'(", "and", "<3"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("7:30 was 1,000", ["7:30", "was", "1,000"]),
        ("https://a.b/c x", ["https://a.b/c", "x"]),
        ("naïve café", ["naïve", "café"]),
    ],
)
def test_should_split_into_tokens(text: str, tokens: list[str]) -> None:
    assert raw_tokens(text) == tokens


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Favourite", "favorite"),
        ("realised", "realized"),
        ("apologising", "apologizing"),
        ("paralysed", "paralyzed"),
        ("travelled", "traveled"),
        ("theatre", "theater"),
        ("mum", "mom"),
        ("promise", "promise"),
        ("four", "four"),
        ("surprised", "surprised"),
    ],
)
def test_should_read_british_as_american(british: str, american: str) -> None:
    assert normalise(british) == american


def test_should_read_pronouns_alike_and_shorten_drawn_out_words() -> None:
    assert normalise("She") == normalise("he")
    assert normalise("her") == normalise("his") == normalise("him")
    assert normalise("soooooo") == normalise("Sooo")
    assert normalise("👍🏽") == normalise("👍")


def test_should_mask_names_but_not_words() -> None:
    known = frozenset({"saw", "i", "yesterday", "the", "park", "they"})
    assert masked_tokens("Priya saw I", known)[0] == "[name]"
    assert masked_tokens("I saw Priya in Lisbon", known) == [
        "i",
        "saw",
        "[name]",
        "in",
        "[name]",
    ]
    assert masked_tokens("Gobsmacked. I saw", known)[0] == "gobsmacked"
    assert masked_tokens("I SAW", known) == ["i", "saw"]


def test_should_mark_what_is_negated_up_to_punctuation_or_but() -> None:
    def marked(text: str) -> list[str]:
        return list(negated(masked_tokens(text, frozenset())))

    assert marked("i am not at all happy, so") == [
        *("i", "am", "not", "not:at", "not:all", "not:happy", ",", "so")
    ]
    assert marked("i don't like it but love") == [
        *("i", "don't", "not:like", "not:it", "but", "love")
    ]
    assert marked("i am happy") == ["i", "am", "happy"]
    assert character_features("not:happy") == ()


def test_should_mark_emphasis_and_smileys() -> None:
    text = "WHAT nooooo 😢"
    features = set(word_features(text, masked_tokens(text, frozenset())))
    assert {"<capitals>", "<drawn out>", "<cry>"} <= features
    assert smiley_class("😂") == "<laugh>"
    assert smiley_class("table") is None


def test_should_spell_tokens_with_their_ends() -> None:
    assert set(character_features("ab")) == {" a", "ab", "b ", " ab", "ab ", " ab "}
    assert character_features("[name]") == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("  Spaces here.  \n\n Then more", ["Spaces here.", "Then more"]),
        ('He said "no." Then left.', ['He said "no."', "Then left."]),
        ("Dr. Who came at 7 p.m. today.", ["Dr. Who came at 7 p.m. today."]),
        ("So tired 😭 Good night", ["So tired 😭", "Good night"]),
        ("Well... maybe", ["Well...", "maybe"]),
        ("1.5 km run", ["1.5 km run"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_should_split_into_sentences(text: str, parts: list[str]) -> None:
    found = sentences(text)
    assert [part.text for part in found] == parts
    assert [text[part.start : part.end] for part in found] == parts


def test_should_cut_endless_sentences() -> None:
    found = sentences("word " * (2 * LONGEST + 1))
    assert [word_count(part.text) for part in found] == [LONGEST, LONGEST, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Heute war ich sehr traurig und wollte nichts machen.",
        "Je suis tellement content de ma journée avec mes amis.",
        "Hoy estoy muy feliz porque vino mi hermana.",
        "Mam dzisiaj zły humor, wszystko idzie nie tak.",
        "今日はとても悲しい一日でした。",
        "Сегодня мне очень грустно.",
        "qwrt zxcv plmk wrtz bnmp",
    ],
)
def test_should_not_pretend_to_understand_other_languages(
    analyser: EntryAnalyser, text: str
) -> None:
    analysis = analyser.analyse("", text)
    assert analysis.status == "unsupported"
    assert analysis.reason == "unsupported-language"


@pytest.mark.parametrize(
    "text",
    [
        "Went running. Tired.",
        "ok",
        "Ugh, Monday again",
        "Met Priya and Oluwaseun in Thiruvananthapuram today",
        "kids nap!!! finally",
        "i luv u sooo much",
    ],
)
def test_should_take_terse_and_sloppy_english_for_english(
    analyser: EntryAnalyser, text: str
) -> None:
    assert analyser.analyse("", text).status == "analysed"


def test_should_hear_the_identifier_only_when_words_are_unsure() -> None:
    gate = LanguageGate()
    assert gate.is_english("Je suis triste", known_share=0.8)
    assert not gate.is_english("Je suis triste aujourd'hui", known_share=0.5)
    assert not gate.is_english("I am sad", known_share=0.1)
