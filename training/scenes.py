"""Labelled sentences of every kind -> scenes: words, the spans of the parties in them, and which act runs from whom to whom.

Three kinds of sentences: gold articles (tuning set), reports written for this project with real names
(`reports/*.jsonl`), and the short written sentences with invented happenings (`sentences*.yaml`). Labels are
kept by side: where two spans stand for one party, both carry its acts.
"""

from __future__ import annotations

import json
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
    # A teacher's probabilities, in place of labels: acts (S, S, K), types of words (W, K), who does (W, S) and bears (W, S) them.
    soft: tuple[NDArray[np.float16], ...] | None = None


def read_gold(paths: Iterable[Path], texts: Path, pipeline: Pipeline, scorer: Any) -> Iterator[Scene]:
    """Gold files -> scenes of every sentence with two spans or more."""
    for path in paths:
        data = json.loads(path.read_text(encoding="utf-8"))
        (document,) = read_documents([texts / data["document"]])
        assert isinstance(document, Document), document
        sentences = pipeline.reader.parse(document.id, split_sentences(document))
        named = resolve_mentions(sentences, pipeline.actors, document.published)
        mentions = [c.mentions for c in pipeline.code(sentences, named)]
        _, gold = scorer.load_gold(str(path))
        for sentence, parties in zip(sentences, mentions, strict=True):
            tokens = set(scorer.plain(sentence.text).split())
            near = [g for g in gold if scorer.overlap(g["tokens"], tokens) >= SAME_SENTENCE]
            yield _scene_of_gold(sentence, [m for m in parties if m.actor], near, scorer, path.stem)


def _scene_of_gold(sentence: Sentence, parties: Sequence[Mention], gold: list[dict[str, Any]], scorer: Any, origin: str) -> Scene:
    keys = [scorer.party({"name": m.actor.name, "side": m.actor.side}) if m.actor else ([], []) for m in parties]
    scene = Scene([w.text for w in sentence.words], [(m.first, m.last) for m in parties], [side_of(m) for m in parties], origin=origin)
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
    known = {(a, r) for a, r, _ in scene.acts}
    told = {(scene.sides[a], scene.sides[r]) for a, r in known}
    every = range(len(scene.spans))
    scene.open = {(a, r) for a in every for r in every if (scene.sides[a], scene.sides[r]) in told} - known
    return scene


def _head_of(sentence: Sentence, phrase: str) -> int | None:
    """The word of a phrase whose own head stands outside it."""
    inside = _words_of(sentence, phrase)
    return next((i for i in inside if sentence.words[i].head not in inside), None)


def _words_of(sentence: Sentence, phrase: str) -> list[int]:
    at = sentence.text.find(phrase)
    if at < 0:
        return []
    return [w.index for w in sentence.words if w.start - sentence.start >= at and w.end - sentence.start <= at + len(phrase)]


def _span_of(sentence: Sentence, phrase: str, scene: Scene) -> int | None:
    """Place among the spans of the one that a phrase stands for; a new one where no mention meets its words."""
    inside = _words_of(sentence, phrase)
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    met = [(abs(a - first) + abs(b - last), k) for k, (a, b) in enumerate(scene.spans) if a < last and first < b]
    # "Iran's foreign minister" meets the mention of the whole phrase and that of Iran: the nearest in extent.
    if met:
        return min(met)[1]
    scene.spans.append((first, last))
    scene.sides.append(f"phrase {phrase.lower()}")
    return len(scene.spans) - 1


def read_written(fill: int, pipeline: Pipeline) -> Iterator[Scene]:
    """The short written sentences, filled once with parties of all regions -> scenes."""
    for number, (text, events) in enumerate(fill_sentences(fill)):
        yield scene_of_text(text, events, pipeline, f"written {fill}:{number}")
