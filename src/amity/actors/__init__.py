"""Mentions -> actors: who is meant, on whose side. `load_actors()`, then `resolve_mentions(sentences, table, published)`."""

from amity.actors.lint import lint_tables
from amity.actors.resolve import resolve_mentions
from amity.actors.table import ActorTable, load_actors

__all__ = ["ActorTable", "lint_tables", "load_actors", "resolve_mentions"]
