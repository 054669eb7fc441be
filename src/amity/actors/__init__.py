"""Mentions -> actors: who is meant, on whose side. `load_actors()`, then `resolve_mentions(sentences, table, published)`."""

from amity.actors.blocking import find_candidates
from amity.actors.judging import Clusters, derive_clusters, judge_actors
from amity.actors.likeness import Likeness, Profile, compare
from amity.actors.lint import lint_tables
from amity.actors.lone import resolve_phrase
from amity.actors.nested import nested_names
from amity.actors.resolve import resolve_mentions
from amity.actors.table import ActorTable, load_actors

__all__ = [
    "ActorTable",
    "Clusters",
    "Likeness",
    "Profile",
    "compare",
    "derive_clusters",
    "find_candidates",
    "judge_actors",
    "lint_tables",
    "load_actors",
    "nested_names",
    "resolve_mentions",
    "resolve_phrase",
]
