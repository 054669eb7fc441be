"""Names weighed once more: tables, sameness in company, what is gained."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.language import Reader, load_reader
from amity.language.known_names import CLASSES, mark_known, read_tables
from amity.language.name_features import join_runs
from amity.language.names import add_rows, multiply
from amity.records import Stretch

SENTENCES = [
    "Reuters said on Monday that the State Department had called Norway.",
    "The Bank of England and Lockheed Martin declined to comment, AFP reported.",
    "JAKARTA TALKS FAIL",
    "they ate at taco bell in tampa",
    "No names here at all.",
    "?!",
    "Angela Merkel met the Association of Southeast Asian Nations in Bangkok.",
]


def names_of(*texts: str) -> list[set[tuple[str, str]]]:
    """Texts as stretches of one document -> names of each with their kinds."""
    parsed = load_reader().parse("d", [Stretch(0, len(t), t, i) for i, t in enumerate(texts)])
    return [{(s.words_text(n.first, n.last), n.label) for n in s.names} for s in parsed]


def test_organisations_that_the_tables_know_are_found() -> None:
    """A news agency, a department and a company are organisations; a person and a state stay what they are."""
    agency, bank, *_, merkel = names_of(*SENTENCES)
    assert agency >= {("Reuters", "ORG"), ("State Department", "ORG"), ("Norway", "LOC")}
    assert bank >= {("Bank of England", "ORG"), ("Lockheed Martin", "ORG"), ("AFP", "ORG")}
    assert ("Angela Merkel", "PER") in merkel


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_names_are_the_same_in_any_company(texts: list[str], dice: Random) -> None:
    """Whatever else stands in a document, a sentence has its names."""
    alone = {t: names_of(t) for t in SENTENCES}
    dice.shuffle(texts)
    assert names_of(*texts) == [found for t in texts for found in alone[t]]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 19), min_size=1, max_size=30), min_size=1, max_size=20))
def test_sums_of_rows_are_sums(ids: list[list[int]]) -> None:
    """However words are ordered, each gets the sum of its own rows."""
    rows = np.arange(60, dtype=np.int16).reshape(20, 3)
    assert add_rows(rows, ids).tolist() == [*(rows[x].sum(0).tolist() for x in ids), [0, 0, 0]]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 40))
def test_a_row_is_multiplied_alike_alone(size: int) -> None:
    """To the last bit."""
    dice = np.random.default_rng(size)
    values, weights = (dice.normal(size=s).astype(np.float32) for s in ((size, 21), (21, 48)))
    start = np.zeros((size, 48), np.float32)
    whole = multiply(start, values, weights)
    assert all((multiply(start[i : i + 1], values[i : i + 1], weights)[0] == whole[i]).all() for i in range(size))


@pytest.mark.parametrize(
    ("text", "at", "mark"),
    [
        ("the World Bank", 1, "organisation-B"),
        ("who said", 0, None),
        ("WHO said", 0, "doubtful-S"),
        ("new york times", 0, "organisation-low-B"),
        ("Vladimir Putin", 1, "person-E"),
    ],
)
def test_marks_of_the_tables(text: str, at: int, mark: str | None) -> None:
    """Known names are marked word by word; short ones in capitals only where they stand so."""
    marks = mark_known(text.split())[at]
    assert mark in marks if mark else not any(m.startswith(("organisation", "doubtful")) for m in marks)


def test_every_name_of_the_lists_has_a_class() -> None:
    """No row of a table is of a class that nothing reads, and none stands twice."""
    rows = list(read_tables())
    assert {kind for _, kind in rows} == set(CLASSES)
    assert all(name.strip() == name != "" for name, _ in rows)


def test_runs_of_capitals_are_joined_by_few_words() -> None:
    """`of the` joins, a verb does not, three words do not."""
    words = ["House", "of", "the", "People", "met", "and", "of", "the", "Senate"]
    assert list(join_runs(words, [w[0].isupper() for w in words])) == [[(0, 1), (3, 4)], [(8, 9)]]


def test_without_its_weights_the_network_names_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of models that has no second look still reads."""
    reader = Reader()
    monkeypatch.setattr(reader, "_second", None)
    text = "Brazil condemned the attacks on Kenya."
    (sentence,) = reader.parse("d", [Stretch(0, len(text), text, 0)])
    assert {sentence.words_text(n.first, n.last) for n in sentence.names} >= {"Brazil", "Kenya"}
