"""The cue words of `tables/cues.yaml` as one frozen record."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import yaml

from amity.errors import BadTable

CUES_TABLE = Path(__file__).resolve().parents[1] / "tables" / "cues.yaml"


@dataclass(frozen=True, slots=True)
class Cues:
    """Lists of lemmas by what they tell; the table says what each list means."""

    say: frozenset[str]
    quote_only: frozenset[str]
    say_of_oneself: frozenset[str]
    say_nouns: frozenset[str]
    accuse: frozenset[str]
    attitude: frozenset[str]
    attitude_passives: frozenset[str]
    attitude_adjectives: frozenset[str]
    attitude_nouns: frozenset[str]
    deny: frozenset[str]
    threaten: frozenset[str]
    refuse: frozenset[str]
    deny_report: frozenset[str]
    report_nouns: frozenset[str]
    plan: frozenset[str]
    tried: frozenset[str]
    plan_perfect: frozenset[str]
    plan_itself: frozenset[str]
    plan_to: frozenset[str]
    journeys: frozenset[str]
    ahead_words: frozenset[str]
    prevent: frozenset[str]
    cease: frozenset[str]
    plan_verbs_of_nouns: frozenset[str]
    plan_nouns: frozenset[str]
    plan_nouns_of: frozenset[str]
    plan_adjectives: frozenset[str]
    ask: frozenset[str]
    hedge_adverbs: frozenset[str]
    report_adverbs: frozenset[str]
    hedge_adjectives: frozenset[str]
    hedge_verbs: frozenset[str]
    hedge_passives: frozenset[str]
    hedge_nouns: frozenset[str]
    maybe_modals: frozenset[str]
    future_modals: frozenset[str]
    maybe_adverbs: frozenset[str]
    maybe_adjectives: frozenset[str]
    maybe_verbs: frozenset[str]
    maybe_nouns: frozenset[str]
    if_words: frozenset[str]
    if_heads: frozenset[str]
    once_words: frozenset[str]
    light_verbs: frozenset[str]
    occurrence: frozenset[str]
    made: frozenset[str]
    analysts: frozenset[str]
    anonymous: frozenset[str]
    faceless: frozenset[str]
    media_words: frozenset[str]
    media_names: frozenset[str]
    press_crowd: frozenset[str]
    document_words: frozenset[str]
    social_words: frozenset[str]
    bodies: frozenset[str]
    office_words: frozenset[str]
    irregular: dict[str, str]


@cache
def load_cues(table: Path = CUES_TABLE) -> Cues:
    """Table -> cues; Raises BadTable where a list is missing or holds something other than text."""
    rows = yaml.safe_load(table.read_text(encoding="utf-8"))
    lists = {}
    for name in (f.name for f in fields(Cues) if f.name != "irregular"):
        words = rows.get(name)
        if not isinstance(words, list) or not all(isinstance(w, str) and w == w.lower() for w in words):
            raise BadTable(f"{table.name}: got no list of lower-case words under {name!r}, allowed is [word, ...]")
        lists[name] = frozenset(words)
    return Cues(**lists, irregular=rows["irregular"])
