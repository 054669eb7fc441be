"""Labelled sentences of every kind -> scenes: words, the spans of the parties in them, and which act runs from whom to whom.

Four kinds of sentences: gold articles (tuning set), reports written for this project with real names
(`reports/*.jsonl`), whole articles of `plain/` whose acts are labelled in `told/*.jsonl`, parties told in an earlier
sentence among them, and the short written sentences with invented happenings (`sentences*.yaml`). Labels are
kept by side: where two spans stand for one party, both carry its acts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.actors import resolve_mentions
from amity.events.slots import side_of
from amity.pipeline import Pipeline, read_documents
from amity.reading import split_sentences
from amity.records import Document, Mention, Sentence, Stretch
from before import REACH, find_before
from written import fill_sentences

TYPES = (
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
# Acts that the gold's rules let run either way.
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
# The day on which sentences without a date are read (offices change hands).
READ_ON = "2024-05-01"
# Share of the shorter sentence's words that two must have in common to be one.
SAME_SENTENCE = 0.8


@dataclass
class Scene:
    """One sentence: forms, party spans as (first, last), their sides, and acts as (actor span, recipient span, type).

    Its own words start at `begin`; those before are of the sentences before it.

    `open` holds pairs of spans of which nothing is known, since other spans of the same sides carry the act. `triggers`
    are (word, type, actor span or None, recipient span or None), None where the predicates are not labelled at all.
    """

    forms: list[str]
    spans: list[tuple[int, int]]
    sides: list[str]
    acts: set[tuple[int, int, str]] = field(default_factory=set)
    open: set[tuple[int, int]] = field(default_factory=set)
    triggers: list[tuple[int, str, int | None, int | None]] | None = None
    origin: str = ""
    by_side: bool = False
    begin: int = 0
    # A teacher's probabilities, in place of labels: acts (S, S, K), types of words (W, K), who does (W, S) and bears (W, S) them.
    soft: tuple[NDArray[np.float16], ...] | None = None

    def alone(self) -> Scene:
        """The sentence without what stands before it."""
        own = [k for k, (first, _) in enumerate(self.spans) if first >= self.begin]
        place: dict[int | None, int] = {k: n for n, k in enumerate(own)}
        spans = [(self.spans[k][0] - self.begin, self.spans[k][1] - self.begin) for k in own]
        out = Scene(self.forms[self.begin :], spans, [self.sides[k] for k in own], origin=self.origin, by_side=self.by_side)
        out.acts = {(place[a], place[r], kind) for a, r, kind in self.acts if a in place and r in place}
        out.open = {(place[a], place[r]) for a, r in self.open if a in place and r in place}
        if self.triggers is not None:
            out.triggers = [(w - self.begin, kind, place.get(a), place.get(r)) for w, kind, a, r in self.triggers]
        return out


def read_gold(paths: Iterable[Path], texts: Path, pipeline: Pipeline, scorer: Any) -> Iterator[Scene]:
    """Gold files -> scenes of every sentence with two spans or more."""
    for path in paths:
        data = json.loads(path.read_text(encoding="utf-8"))
        (document,) = read_documents([texts / data["document"]])
        assert isinstance(document, Document), document
        sentences = pipeline.reader.parse(document.id, split_sentences(document))
        mentions = resolve_mentions(sentences, pipeline.actors, document.published)
        _, gold = scorer.load_gold(str(path))
        for place, sentence in enumerate(sentences):
            tokens = set(scorer.plain(sentence.text).split())
            near = [g for g in gold if scorer.overlap(g["tokens"], tokens) >= SAME_SENTENCE]
            yield _scene_of_gold(_lay_out(sentences, mentions, place, path.stem), near, scorer)


def _lay_out(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], place: int, origin: str) -> tuple[Scene, list[Mention]]:
    """A sentence of a document with what stands before it -> its scene without acts, and whose its spans are."""
    own, before = [m for m in mentions[place] if m.actor], find_before(sentences, mentions, place)
    forms, begin = [*before.words, *(w.text for w in sentences[place].words)], len(before.words)
    parties = [*own, *before.parties]
    spans = [(m.first + begin, m.last + begin) for m in parties]
    return Scene(forms, spans, [side_of(m) for m in parties], origin=origin, begin=begin), parties


def _scene_of_gold(laid: tuple[Scene, list[Mention]], gold: list[dict[str, Any]], scorer: Any) -> Scene:
    scene, parties = laid
    keys = [scorer.party({"name": m.actor.name, "side": m.actor.side}) if m.actor else ([], []) for m in parties]
    for g in gold:
        for i, a in enumerate(keys):
            for j, r in enumerate(keys):
                if i != j and any(g["recipient"]) and scorer.agrees(g["actor"], a) and scorer.agrees(g["recipient"], r):
                    _add_act(scene, i, j, g["type"])
    return scene


def _add_act(scene: Scene, i: int, j: int, kind: str) -> None:
    scene.acts.add((i, j, kind))
    if kind in MUTUAL:
        scene.acts.add((j, i, kind))


def read_told(folder: Path, pipeline: Pipeline) -> Iterator[Scene]:
    """Whole articles of `plain/`, by the labels of `told/` -> scenes with what stands before each sentence.

    A label is (actor, its sentence, type, recipient, its sentence, predicate, status), the parties by their words.
    """
    labels = read_labels(folder / "told", "events")
    for name, texts in read_articles(folder / "plain"):
        if name in labels:
            yield from scenes_of_article(name, texts, labels[name], pipeline)


def read_labels(folder: Path, key: str) -> dict[str, dict[int, list[Any]]]:
    """Files of labelled sentences -> article, number of the sentence, and what is told of it under a key."""
    labels: dict[str, dict[int, list[Any]]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            labels.setdefault(row["article"], {})[row["sentence"]] = row[key]
    return labels


def read_articles(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Files of sentences, a blank line between articles -> "FILE-NUMBER" by all articles of all files, and its sentences."""
    number = 0
    for path in (folder / "one.txt", folder / "two.txt"):
        for block in re.split(r"\n(?:[ \t]*\n)+", path.read_text(encoding="utf-8").strip()):
            yield f"{path.stem}-{number}", [line.strip() for line in block.split("\n")]
            number += 1


def parse_article(name: str, texts: Sequence[str], pipeline: Pipeline) -> list[Sentence]:
    """An article's sentences, read as they stand, each a paragraph of its own."""
    stretches, at = [], 0
    for text in texts:
        stretches.append(Stretch(at, at + len(text), text, len(stretches)))
        at += len(text) + 1
    return pipeline.reader.parse(name, stretches)


def nearest_mention(mentions: Iterable[Mention], inside: Sequence[int]) -> Mention | None:
    """Of the parties that meet some words of a phrase the nearest in extent; the first of equals."""
    met = [m for m in mentions if m.actor and inside and m.first <= inside[-1] and inside[0] < m.last]
    return min(met, key=lambda m: abs(m.first - inside[0]) + abs(m.last - 1 - inside[-1]), default=None)


def scenes_of_article(name: str, texts: Sequence[str], labels: dict[int, list[Any]], pipeline: Pipeline) -> Iterator[Scene]:
    """An article's sentences and the acts labelled in each -> scenes."""
    sentences = parse_article(name, texts, pipeline)
    mentions = resolve_mentions(sentences, pipeline.actors, READ_ON)
    for place, sentence in enumerate(sentences):
        scene, _ = _lay_out(sentences, mentions, place, name)
        scene.triggers = []
        finder = _Finder(sentences, mentions, place, scene)
        for actor, told_in, kind, recipient, borne_in, word, _ in labels.get(place, []):
            i, j = finder.find(actor, told_in), finder.find(recipient, borne_in)
            trigger = _head_of(sentence, word)
            if trigger is not None:
                scene.triggers.append((trigger + scene.begin, kind, i, j))
            if i is not None and j is not None and i != j:
                _add_act(scene, i, j, kind)
        _leave_open(scene)
        yield scene


@dataclass
class _Finder:
    """Finds the span of a labelled phrase in a scene of an article."""

    sentences: Sequence[Sentence]
    mentions: Sequence[Sequence[Mention]]
    place: int
    scene: Scene

    def find(self, phrase: str | None, told_in: int | None) -> int | None:
        """The phrase's span, that of its side, or a new one; None where it is told too far back."""
        if phrase is None or told_in is None:
            return None
        sentence, begin = self.sentences[told_in], self.scene.begin
        if told_in == self.place:
            return _span_of(sentence, phrase, self.scene, begin)
        inside = _words_of(sentence, phrase)
        met = nearest_mention(self.mentions[told_in], inside)
        if met or not inside:
            return next((k for k, side in enumerate(self.scene.sides) if met and side == side_of(met)), None)
        # A phrase that no mention meets, in a sentence that is among those before.
        held = self.place - told_in
        size = sum(len(s.words) for s in self.sentences[told_in : self.place])
        if size > begin or held > REACH:
            return None
        return _add_span(self.scene, (begin - size + inside[0], begin - size + inside[-1] + 1), phrase)


def read_reports(folder: Path, pipeline: Pipeline) -> Iterator[Scene]:
    """Reports written for this project -> scenes; a labelled phrase that no mention meets is a span of its own."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                row = json.loads(line)
                yield scene_of_text(row["text"], row["events"], pipeline, f"{path.stem}:{number}")


def scene_of_text(text: str, events: Sequence[Sequence[Any]], pipeline: Pipeline, origin: str) -> Scene:
    """A text with labelled acts, (actor, type, recipient) with or without the predicate -> its scene."""
    (sentence,) = pipeline.reader.parse(origin, [Stretch(0, len(text), text, 0)])
    parties = [m for m in resolve_mentions([sentence], pipeline.actors, READ_ON)[0] if m.actor]
    scene = Scene([w.text for w in sentence.words], [(m.first, m.last) for m in parties], [side_of(m) for m in parties], origin=origin)
    named = bool(events) and len(events[0]) > 3
    scene.triggers = [] if named or not events else None
    for actor, kind, recipient, *rest in events:
        i, j = (_span_of(sentence, phrase, scene) if phrase else None for phrase in (actor, recipient))
        if rest and scene.triggers is not None:
            word = _head_of(sentence, rest[0])
            if word is not None:
                scene.triggers.append((word, kind, i, j))
        if i is not None and j is not None and i != j:
            _add_act(scene, i, j, kind)
    _leave_open(scene)
    return scene


def _leave_open(scene: Scene) -> None:
    """Of pairs whose sides carry an act through other spans nothing is known."""
    known = {(a, r) for a, r, _ in scene.acts}
    told = {(scene.sides[a], scene.sides[r]) for a, r in known}
    every = range(len(scene.spans))
    scene.open = {(a, r) for a in every for r in every if (scene.sides[a], scene.sides[r]) in told} - known


def _head_of(sentence: Sentence, phrase: str) -> int | None:
    """The word of a phrase whose own head stands outside it."""
    inside = _words_of(sentence, phrase)
    return next((i for i in inside if sentence.words[i].head not in inside), None)


def _words_of(sentence: Sentence, phrase: str) -> list[int]:
    at = sentence.text.find(phrase)
    if at < 0:
        return []
    return [w.index for w in sentence.words if w.start - sentence.start >= at and w.end - sentence.start <= at + len(phrase)]


def _span_of(sentence: Sentence, phrase: str, scene: Scene, begin: int = 0) -> int | None:
    """Place among the spans of the one that a phrase stands for; a new one where no mention meets its words."""
    inside = _words_of(sentence, phrase)
    if not inside:
        return None
    first, last = begin + inside[0], begin + inside[-1] + 1
    met = [(abs(a - first) + abs(b - last), k) for k, (a, b) in enumerate(scene.spans) if a < last and first < b]
    # "Iran's foreign minister" meets the mention of the whole phrase and that of Iran: the nearest in extent.
    if met:
        return min(met)[1]
    return _add_span(scene, (first, last), phrase)


def _add_span(scene: Scene, span: tuple[int, int], phrase: str) -> int:
    scene.spans.append(span)
    scene.sides.append(f"phrase {phrase.lower()}")
    return len(scene.spans) - 1


def read_written(fill: int, pipeline: Pipeline) -> Iterator[Scene]:
    """The short written sentences, filled once with parties of all regions -> scenes."""
    for number, (text, events) in enumerate(fill_sentences(fill)):
        yield scene_of_text(text, events, pipeline, f"written {fill}:{number}")
