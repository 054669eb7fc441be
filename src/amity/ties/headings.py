"""Words of a claim's own quotation -> which way the relations it tells of turn: what is stated of change, apart from any act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from amity.records import Mention, Sentence

TABLE = Path(__file__).resolve().parents[1] / "tables" / "headings.yaml"
# Words between a word and what it is said of, and between a negation and what it denies, set by reading.
REACH, DENIED = 6, 3
# Letters of a word's beginning that are looked up first.
STEM = 4
# What a sentence that names just two parties weighs beside a surely read claim of them: it may speak of something else. From .5 to 1 the
# same trends of the development reports come out right.
SENTENCE_WEIGHT = 0.5
# What stands beside two parties without being a third: those no table names, and papers.
NO_PARTY = ("unknown:", "outlet:")
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """What one quotation says of which way two parties' relations turn: `way` 1 for better, -1 for worse, 0 both.

    `claim` is the claim whose quotation it is, empty for a sentence on its own.
    """

    day: int
    actor: str
    recipient: str
    way: float
    weight: float
    claim: str


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of one way: those that tell it alone, and those that tell it of certain things."""

    way: int
    alone: re.Pattern[str]
    of: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The words of both ways, what denies them, and how they begin, by which most words are passed over at once."""

    ways: tuple[_Words, ...]
    denies: re.Pattern[str]
    stems: frozenset[str]


@lru_cache(maxsize=4096)
def read_way(quote: str) -> float:
    """A quotation -> which way it says that relations turn: 1 better, -1 worse, 0 where it says nothing, or as much of both.

    >>> [read_way(q) for q in ("Riyadh severed ties with Tehran.", "They restored relations.", "There was no thaw.", "He cut bread.")]
    [-1.0, 1.0, 0.0, 0.0]
    """
    lexicon = _read_table()
    words = _WORD.findall(quote.lower())
    found = sum(kind.way for i, word in enumerate(words) if word[:STEM] in lexicon.stems for kind in lexicon.ways if _tells(kind, words, i))
    return float((found > 0) - (found < 0))


def find_headings(sentences: Iterable[Sentence], mentions: Iterable[Sequence[Mention]], day: int = 0) -> tuple[Heading, ...]:
    """Sentences and the mentions in each -> what those that name just two parties say of which way the two's relations turn.

    Whether anything is claimed of the two does not matter. Places, papers and parties that no table names are passed over.
    """
    found = []
    for sentence, named in zip(sentences, mentions, strict=True):
        sides = {s for m in named if m.actor and not m.place for s in (m.actor.side_id or m.actor.id).split(";")}
        parties = sorted(s for s in sides if not s.startswith(NO_PARTY))
        if len(parties) == 2 and (way := read_way(sentence.text)):
            found.append(Heading(day, parties[0], parties[1], way, SENTENCE_WEIGHT, ""))
    return tuple(found)


def _tells(kind: _Words, words: Sequence[str], i: int) -> bool:
    """Whether the word at a place tells a way, and is not denied."""
    near = words[max(0, i - REACH) : i + REACH + 1]
    told = kind.alone.match(words[i]) or any(w.match(words[i]) and any(map(thing.match, near)) for w, thing in kind.of)
    denies = _read_table().denies
    return bool(told) and not any(denies.match(w) or w.endswith(("n't", "n’t")) for w in words[max(0, i - DENIED) : i])


@cache
def _read_table() -> _Lexicon:
    held = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    ways = []
    stems: set[str] = set()
    for kind, way in (("warming", 1), ("cooling", -1)):
        alone, entries = held[kind]["alone"], held[kind]["with"]
        ways.append(_Words(way, _any_of(alone), tuple((_any_of(e["words"]), _any_of(e["objects"])) for e in entries)))
        stems.update(w.removesuffix("*")[:STEM] for text in (alone, *(e["words"] for e in entries)) for w in text.split())
    return _Lexicon(tuple(ways), _any_of(held["negations"]), frozenset(stems))


def _any_of(text: str) -> re.Pattern[str]:
    """Words parted by blanks, a star for any ending -> a pattern of one whole word in lower case."""
    parts = (re.escape(w.removesuffix("*")) + (r"[\w-]*" if w.endswith("*") else "") for w in text.split())
    return re.compile(f"(?:{'|'.join(parts)})$")
