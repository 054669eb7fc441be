"""How parties stand to each other: a table of sentences from many regions, and laws over the vocabulary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import BadTable
from amity.events.standing_table import KINDS, TABLE, UNDIRECTED, load_table, word_forms
from amity.events.standings import code_standings
from amity.language import load_reader
from amity.records import Actor, CodedEvent, Mention, Sentence, Stretch

CASES = yaml.safe_load((Path(__file__).parent / "standing_cases.yaml").read_text(encoding="utf-8"))
MARK = re.compile(r"\[(?:(\w+):)?([^\]]+)\]")


def read_marked(text: str) -> tuple[Sentence, list[Mention]]:
    """A marked sentence -> its analysis by the real reader, and the parties marked in it."""
    marks, plain = [], ""
    for piece in re.split(r"(\[[^\]]+\])", text):
        found = MARK.fullmatch(piece)
        if found:
            marks.append((len(plain), len(plain) + len(found[2]), found[1] or "state", found[2]))
        plain += found[2] if found else piece
    sentence = load_reader().parse("test", [Stretch(0, len(plain), plain, 0)])[0]
    return sentence, [mark_mention(sentence, *m) for m in marks]


def mark_mention(sentence: Sentence, start: int, end: int, kind: str, name: str) -> Mention:
    """The mention of a marked stretch; places and demonyms stand for states."""
    inside = [w.index for w in sentence.words if start <= w.start and w.end <= end]
    first, last = inside[0], inside[-1] + 1
    head = next((i for i in inside if not first <= sentence.words[i].head < last), first)
    scope = kind if kind in ("group", "body") else "state"
    actor = Actor(f"{scope}:{name.lower()}", name, f"{scope}:{name.lower()}", name, "")
    return Mention(sentence.index, first, last, head, name, "demonym" if kind == "demonym" else "name", actor, "marked", kind == "place")


def told(event: CodedEvent) -> str:
    """A standing as the table writes it; undirected kinds with their parties in order of text."""
    parties = [m for m in (event.actor, event.recipient) if m is not None]
    if event.type in UNDIRECTED:
        parties.sort(key=lambda m: m.first)
    names = [m.actor.name if m.actor else "?" for m in parties]
    return f"{names[0]} {event.type} {names[1] if len(names) > 1 else '-'}"


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:60] for c in CASES])
def test_states_what_the_sentence_states(case: dict[str, object]) -> None:
    """Each sentence of the table gives the standings written beside it, no more and no fewer."""
    events, _ = code_standings(*read_marked(str(case["text"])))
    assert sorted(map(told, events)) == sorted(case["says"])  # type: ignore[arg-type]  # a list of strings by the table
    assert all(e.kind == "standing" and e.why and 0 < e.confidence <= 1 for e in events)


def test_says_why_denied_standing_is_left_out() -> None:
    """A denied alliance gives a silence that names the word."""
    _, silences = code_standings(*read_marked("[Ethiopia] and [Eritrea] are no longer allies."))
    assert any("allies" in s.missing and "denied" in s.missing for s in silences)


def test_presence_tells_its_place() -> None:
    """The place of a presence stands as the text has it."""
    events, _ = code_standings(*read_marked("[France] has 1,500 troops in northern [place:Niger]."))
    assert [e.place for e in events] == ["northern Niger"]


def test_patronage_tells_what_it_consists_of() -> None:
    """What a patron gives is kept in the words of the text."""
    events, _ = code_standings(*read_marked("[Russia] supports [Mali] with arms."))
    assert [e.over for e in events] == ["arms"]


def test_doubtful_standing_is_hypothetical() -> None:
    """A modal makes the standing hypothetical and less sure."""
    (doubtful,), _ = code_standings(*read_marked("[Iraq] may side with [Jordan]."))
    (sure,), _ = code_standings(*read_marked("[Iraq] has sided with [Jordan]."))
    assert doubtful.status_hint == "hypothetical" and doubtful.confidence < sure.confidence


def test_sentence_without_parties_states_nothing() -> None:
    """Vocabulary alone, without two parties, gives no standing."""
    events, silences = code_standings(*read_marked("The alliance between them is strained."))
    assert events == [] and silences


@given(st.permutations(("Ghana", "Togo", "Benin")))
def test_joined_parties_make_every_pair(names: list[str]) -> None:
    """Three joined parties give three pairs, whatever their order."""
    a, b, c = names
    events, _ = code_standings(*read_marked(f"The alliance between [{a}], [{b}] and [{c}] is old."))
    pairs = {frozenset((e.actor.actor.name, e.recipient.actor.name)) for e in events if e.actor.actor and e.recipient and e.recipient.actor}
    assert pairs == {frozenset(p) for p in ((a, b), (a, c), (b, c))} and len(events) == 3


def test_every_kind_has_words() -> None:
    """No kind of the contract is without vocabulary."""
    table = load_table()
    rows = [p for part in (table.nouns, table.verbs, table.adjectives) for ps in part.values() for p in ps]
    assert {p.kind for p in rows} == set(KINDS)


@given(st.sampled_from(sorted(load_table().verbs)))
def test_forms_are_found_by_lower_case_form(form: str) -> None:
    """Every form of the table is lower case and inflects to itself at least."""
    assert form == form.lower() and form in word_forms(form, "verb")


def test_wrong_row_is_refused_with_its_place(tmp_path: Path) -> None:
    """A misspelt kind names the file, the row, and the near one."""
    bad = tmp_path / "standings.yaml"
    bad.write_text(TABLE.read_text(encoding="utf-8").replace("kind: ALLIED", "kind: ALIED", 1), encoding="utf-8")
    with pytest.raises(BadTable, match=r"standings.yaml, nouns row \d+: got the kind 'ALIED'.*did you mean ALLIED"):
        load_table(bad)
