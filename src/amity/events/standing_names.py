"""Mentions -> the same with the names inside long noun phrases set free ("Chad's close ally" holds Chad).

The actors' room gives one mention for a whole phrase; a standing is often stated inside it. Names of states,
groups and bodies are read again from the shipped tables; nothing is guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from amity.events.standing_table import Table
from amity.records import Actor, Mention, MentionKind, Sentence

_FOLDER = Path(__file__).resolve().parents[1] / "tables" / "actors"
# Columns that hold names, with the kind of mention that they make.
_NAME_COLUMNS: tuple[tuple[str, MentionKind], ...] = (
    ("name", "name"), ("aliases", "name"), ("capital", "name"), ("adjectives", "demonym"), ("people", "demonym"),
)  # fmt: skip
_FILES = ("states.csv", "groups.csv", "bodies.csv")
# Longest name inside a phrase, in words.
MOST_WORDS = 4


@lru_cache(maxsize=1)
def load_names() -> dict[str, tuple[Actor, MentionKind]]:
    """Every name and demonym of the tables -> its actor; a name of two actors is left to the first file."""
    found: dict[str, tuple[Actor, MentionKind]] = {}
    for file in _FILES:
        with (_FOLDER / file).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                own = row.get("id") or f"state:{row['iso3']}"
                actor = Actor(own, row["name"], own, row["name"], "")
                for column, kind in _NAME_COLUMNS:
                    for name in filter(None, (row.get(column) or "").split("|")):
                        found.setdefault(name, (actor, kind))
    return found


def free_names(sentence: Sentence, mentions: Sequence[Mention], table: Table) -> list[Mention]:
    """Mentions with inner names beside them; a phrase that only states a standing gives way to its names."""
    out: list[Mention] = []
    for mention in mentions:
        inner = list(inner_names(sentence, mention)) if mention.kind == "noun" else []
        outside = bool(inner) and not mention.first <= mention.head < mention.last and not (mention.actor and mention.actor.known)
        if not outside and not gives_way(sentence, mention, table, bool(inner)):
            out.append(mention)
        out += inner if not mention.actor or not mention.actor.known or _is_joined(sentence, mention) else []
    return out


def inner_names(sentence: Sentence, mention: Mention) -> Iterator[Mention]:
    """The longest table names inside a phrase, its own head and its own side left out."""
    names = load_names()
    at = mention.first
    while at < mention.last:
        for last in range(min(mention.last, at + MOST_WORDS), at, -1):
            entry = names.get(sentence.words_text(at, last))
            if entry and not at <= mention.head < last and not (mention.actor and mention.actor.side_id == entry[0].id):
                head = next((i for i in range(at, last) if not at <= sentence.words[i].head < last), at)
                text = sentence.words_text(at, last)
                yield Mention(sentence.index, at, last, head, text, entry[1], entry[0], f"name inside {mention.text!r}")
                at = last - 1
                break
        at += 1


def gives_way(sentence: Sentence, mention: Mention, table: Table, holds_names: bool) -> bool:
    """Whether the phrase is no party of its own but a role, a bond or a hyphened standing ("its ally", "US-backed rebels")."""
    if mention.kind != "noun" or (mention.actor and (mention.actor.known or mention.actor.side != mention.actor.name)):
        return False
    head = sentence.words[mention.head]
    if {head.text.lower(), head.lemma.lower()} & (table.lists["role_nouns"] | table.lists["bonds_nouns"]):
        return True
    words = (sentence.words[i].text.lower() for i in range(mention.first, mention.last))
    return holds_names and any(w in table.tails or w in table.heads for w in words)


def _is_joined(sentence: Sentence, mention: Mention) -> bool:
    return any(sentence.words[i].upos == "CCONJ" for i in range(mention.first, mention.last))
