"""Mentions of whole sentences, by the shipped reader, over every region; laws by hand-built sentences."""

from __future__ import annotations

import csv
import itertools
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.actors import ActorTable, load_actors, resolve_mentions
from amity.actors.resolve import middle_day
from amity.records import Mention, Name, Sentence, Word

CASES = list(csv.DictReader((Path(__file__).parent / "cases.csv").open(encoding="utf-8")))
AGAIN = list(csv.DictReader((Path(__file__).parent / "again.csv").open(encoding="utf-8")))
Parse = Callable[..., list[Sentence]]


def find(mentions: list[Mention], words: str) -> Mention | None:
    """The mention whose text is these words."""
    return next((m for m in mentions if m.text == words), None)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['region']}: {c['words']}" for c in CASES])
def test_case(case: dict[str, str], parse: Parse, table: ActorTable) -> None:
    """Words of a sentence stand for the side, as the kind of mention, and as place or party."""
    mentions = resolve_mentions(parse(case["text"]), table, case["published"])[0]
    found = find(mentions, case["words"])
    assert found is not None and found.actor is not None, [m.text for m in mentions]
    assert (found.actor.side, found.kind, found.place) == (case["side"], case["kind"], case["place"] == "yes")


@pytest.mark.parametrize("case", AGAIN, ids=[f"{c['region']}: {c['words']} in {c['text'][:30]}" for c in AGAIN])
def test_again(case: dict[str, str], parse: Parse, table: ActorTable) -> None:
    """Words that take a party up again stand for the side named in the sentence before, or for nobody."""
    mentions = resolve_mentions(parse(case["before"], case["text"]), table, case["published"])[1]
    found = find(mentions, case["words"])
    assert (found.actor.side if found and found.actor else "") == case["side"], [(m.text, m.actor and m.actor.side) for m in mentions]


def test_counterpart_holds_the_same_office(parse: Parse, table: ActorTable) -> None:
    """A minister's counterpart is who holds that office on the other side on the day."""
    mentions = resolve_mentions(parse("Sergei Lavrov met his Turkish counterpart in Antalya."), table, "2022-03-10")[0]
    counterpart = find(mentions, "his Turkish counterpart")
    assert counterpart is not None and counterpart.actor is not None and counterpart.actor.name == "Mevlut Cavusoglu"


def test_surname_and_pronoun_follow_the_name(parse: Parse, table: ActorTable) -> None:
    """A person no table knows keeps his side through surname and pronoun."""
    texts = ("Togolese General Kossi Amewu met the rebels.", "Amewu said he would return.")
    second = resolve_mentions(parse(*texts), table, "2024-01-01")[1]
    assert [m.actor.side for m in second if m.actor] == ["Togo", "Togo"]


def test_two_sides_are_the_last_two(parse: Parse, table: ActorTable) -> None:
    """`The two countries` gives one mention for each of the last two parties."""
    texts = ("Peru and Ecuador exchanged fire.", "On Monday the two countries signed a truce.")
    second = resolve_mentions(parse(*texts), table, "1995-03-01")[1]
    assert {m.actor.side for m in second if m.actor} == {"Peru", "Ecuador"}


def test_they_stands_for_joined_parties(parse: Parse, table: ActorTable) -> None:
    """`They` after joined states is all of them."""
    texts = ("Mali and Burkina Faso left the bloc.", "They signed a new pact.")
    second = resolve_mentions(parse(*texts), table, "2024-02-01")[1]
    assert find(second, "They").actor.side == "Burkina Faso; Mali"  # type: ignore[union-attr]


def test_holder_of_an_office_depends_on_the_day(parse: Parse, table: ActorTable) -> None:
    """The US president is another man in another year, and nobody where the day is unknown."""
    sentences = parse("The US president called Tokyo.")
    found = {day: find(resolve_mentions(sentences, table, day)[0], "US president") for day in ("2016-05-01", "2018-05-01", None)}
    names = {day: m.actor.name for day, m in found.items() if m and m.actor}
    assert names == {"2016-05-01": "Barack Obama", "2018-05-01": "Donald Trump", None: "US president"}


def test_unnamed_official_is_anonymous(parse: Parse, table: ActorTable) -> None:
    """An unnamed official keeps the side that is told and no name."""
    first = resolve_mentions(parse("A senior Nigerian official said the talks had failed."), table, "2024-01-01")[0]
    actors = [m.actor for m in first if m.actor]
    assert [(a.side, a.anonymous, a.known) for a in actors] == [("Nigeria", True, False)]


def test_hint_needs_its_home(parse: Parse, table: ActorTable) -> None:
    """`The North` is North Korea in a text that names it, and a direction elsewhere."""
    with_home = resolve_mentions(parse("North Korea fired a missile.", "The North denied the report."), table, "2017-09-01")[1]
    without = resolve_mentions(parse("The North lost the vote."), table, "2017-09-01")[0]
    assert [m.actor.side for m in with_home if m.actor] == ["North Korea"]
    assert all(m.actor.side != "North Korea" for m in without if m.actor)


def test_a_plain_word_is_no_short_name_of_mixed_letters(parse: Parse, table: ActorTable) -> None:
    """`Let` opens a sentence; only `LeT` is the group."""
    plain = resolve_mentions(parse("Let them meet in Lahore, he said."), table, "2018-05-01")[0]
    group = resolve_mentions(parse("Pakistan banned LeT in 2002."), table, "2018-05-01")[0]
    assert not [m for m in plain if m.actor and m.actor.id == "group:let"]
    assert [m.text for m in group if m.actor and m.actor.id == "group:let"] == ["LeT"]


def test_unknown_party_is_kept_and_not_guessed(parse: Parse, table: ActorTable) -> None:
    """A party that no table knows is an unknown actor, its own side, named by its words."""
    first = resolve_mentions(parse("The Brigade of Silent Rivers attacked a convoy."), table, None)[0]
    actor = first[0].actor
    assert actor is not None and not actor.known and actor.side == actor.name == "Brigade of Silent Rivers"


def test_table_overrides_the_name_model(build: Callable[..., Sentence], table: ActorTable) -> None:
    """A party that the name model missed is found, and a state inside a longer person's name is not."""
    missed = build("Hezbollah/PROPN/NNP/2/nsubj fired/VERB/VBD/0/root rockets/NOUN/NNS/2/obj")
    person = build("Amos/PROPN/NNP/3/nsubj Israel/PROPN/NNP/1/flat spoke/VERB/VBD/0/root", ((0, 2, "PER"),))
    found = resolve_mentions([missed, person], table, None)
    assert found[0][0].actor.id == "group:hezbollah"  # type: ignore[union-attr]
    assert [m.actor.id for m in found[1] if m.actor] == ["person:amos-israel"]


WORDS = ["Iran", "'s", "Turkish", "-", "backed", "fighters", "the", "president", "Putin", "they", "its", ",", "and", "who", "army", "of"]


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 12), st.sampled_from(["nsubj", "obj", "conj", "compound", "appos"]))))
def test_mentions_never_overlap(tokens: list[tuple[str, int, str]]) -> None:
    """Whatever the tree, mentions lie in order, do not overlap, and quote their own words."""
    words, at = [], 0
    for i, (text, head, rel) in enumerate(tokens):
        upos = "PRON" if text in ("they", "its", "who") else "PROPN" if text[0].isupper() else "NOUN"
        # A head before the word, or the root: such heads always make a tree.
        words.append(Word(i, at, at + len(text), text, text.lower(), upos, "NN", min(head, i - 1), rel))
        at += len(text) + 1
    text = " ".join(t for t, _, _ in tokens)
    sentence = Sentence("x", 0, 0, len(text), text, 0, False, tuple(words), tuple(Name(w.index, w.index + 1, "ORG") for w in words[:1]))
    mentions = resolve_mentions([sentence], load_actors(), "2020-01-01")[0]
    assert all(a.last <= b.first for a, b in itertools.pairwise(mentions))
    assert all(m.text == sentence.words_text(m.first, m.last) and m.why for m in mentions)


@given(st.text(max_size=12))
def test_any_date_text_gives_a_day_or_none(text: str) -> None:
    """Publication text in any form gives ten characters or None."""
    day = middle_day(text)
    assert day is None or len(day) == 10


def test_long_document_takes_linear_time(build: Callable[..., Sentence], table: ActorTable) -> None:
    """Four times the sentences take at most nine times the time: memory of a document does not grow into a square."""
    line = "They/PRON/PRP/2/nsubj met/VERB/VBD/0/root the/DET/DT/4/det rebels/NOUN/NNS/2/obj in/ADP/IN/6/case Chad/PROPN/NNP/2/obl"

    def seconds(count: int) -> float:
        sentences = [build(line, index=i) for i in range(count)]
        best = 9.9
        for _ in range(3):
            started = time.process_time()
            resolve_mentions(sentences, table, "2020-01-01")
            best = min(best, time.process_time() - started)
        return best

    assert seconds(2000) < 9 * seconds(500)
