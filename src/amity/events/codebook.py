"""The codebook: which words state which event, and where its parties stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from amity.errors import BadTable
from amity.records import Word

TABLES = Path(__file__).resolve().parents[1] / "tables"
WORD_LISTS = ("light", "undone", "object_control", "duties", "wrongs", "takes_up", "leaves")
# Flags of a sense that ask for a kind of party ("suspended the membership of a state" asks for a body).
DEMANDS = frozenset({"body", "person", "military", "crowd"})
_FLAGS = ("mutes", "swap", *sorted(DEMANDS))


@dataclass(frozen=True, slots=True)
class Frame:
    """One sense of a word: its type and the places of its parties; see the head of codebook.yaml."""

    type: str
    lemma: str
    part: str
    to: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    mode: str | None = None
    reach: str = ""

    @property
    def rank(self) -> int:
        """More particular senses first."""
        return -(2 * bool(self.part) + bool(self.needs) + len(self.flags & DEMANDS))


@dataclass(frozen=True, slots=True)
class Codebook:
    """Frames by lemma for verbs and nouns, and the word lists that the rules read."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    types: Mapping[str, Mapping[str, Any]]
    light: frozenset[str]
    undone: frozenset[str]
    object_control: frozenset[str]
    duties: frozenset[str]
    wrongs: frozenset[str]
    takes_up: frozenset[str]
    leaves: frozenset[str]

    def verb_frames(self, word: Word) -> tuple[Frame, ...]:
        """Senses of a verb, by its lemma or a regular base of its form (the lemma head errs on rare verbs)."""
        return next((self.verbs[base] for base in verb_bases(word) if base in self.verbs), ())

    def is_light(self, verb: Word) -> bool:
        """Whether a verb only carries a noun of action."""
        return any(base in self.light for base in verb_bases(verb))

    def is_leaving(self, word: Word) -> bool:
        """Whether a verb or noun says that somebody leaves."""
        return any(base in self.leaves for base in verb_bases(word))

    def noun_frames(self, word: Word) -> tuple[Frame, ...]:
        """Senses of a noun, by its lemma or its form without the plural."""
        form = word.text.lower()
        return next((self.nouns[base] for base in (word.lemma.lower(), form, form.removesuffix("s")) if base in self.nouns), ())


def verb_bases(word: Word) -> list[str]:
    """Word -> base forms it may have, the model's lemma first.

    >>> verb_bases(Word(0, 0, 9, "condemned", "condemne", "VERB", "VBD", -1, "root"))[:3]
    ['condemne', 'condemned', 'condemn']
    """
    form, bases = word.text.lower(), [word.lemma.lower(), word.text.lower()]
    for ending in ("ed", "ing", "es", "s", "d"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form.removesuffix(ending)
            bases += [stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem]
    if form.endswith(("ied", "ies")):
        bases.append(form[:-3] + "y")
    return bases


@lru_cache(maxsize=1)
def load_codebook() -> Codebook:
    """The shipped codebook, read once. Raises BadTable where a line has an unknown key or type."""
    types = yaml.safe_load((TABLES / "types.yaml").read_text(encoding="utf-8"))
    raw = yaml.safe_load((TABLES / "codebook.yaml").read_text(encoding="utf-8"))
    lists = {k: frozenset(raw.pop(k).split()) for k in WORD_LISTS}
    tables: dict[str, dict[str, list[Frame]]] = {"verbs": {}, "nouns": {}}
    for type_, groups in raw.items():
        if type_ not in types:
            raise BadTable(f"codebook.yaml: got type {type_!r}, allowed are {', '.join(types)}")
        for part_of_speech, lines in groups.items():
            for line in lines:
                for frame in _frames(type_, line):
                    tables[part_of_speech].setdefault(frame.lemma, []).append(frame)
    ordered = {k: {w: tuple(sorted(fs, key=lambda f: f.rank)) for w, fs in t.items()} for k, t in tables.items()}
    return Codebook(ordered["verbs"], ordered["nouns"], types, **lists)


def _frames(type_: str, line: dict[str, Any]) -> list[Frame]:
    known = {"words", "to", "needs", "mode", "reach", *_FLAGS}
    if set(line) - known:
        raise BadTable(f"codebook.yaml, {type_}, {line.get('words')}: got {sorted(set(line) - known)}, allowed are {sorted(known)}")
    common: dict[str, Any] = {
        "to": tuple(str(t) for t in line.get("to", ())),
        "needs": frozenset(line.get("needs", ())),
        "flags": frozenset(f for f in _FLAGS if line.get(f)),
        **{k: line[k] for k in ("mode", "reach") if k in line},
    }
    out = []
    for word in line["words"].split():
        lemma, _, part = word.partition("+")
        out.append(Frame(type_, lemma, part, **common))
    return out
