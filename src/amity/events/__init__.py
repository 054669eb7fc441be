"""Sentence + actors -> coded events and standings."""

from amity.events.codebook import Codebook, load_codebook
from amity.events.coder import Coded, EventCoder
from amity.events.hinted import find_hints
from amity.events.hints import spans_of
from amity.events.roots import load_roots
from amity.events.standings import code_standings

__all__ = ["Codebook", "Coded", "EventCoder", "code_standings", "find_hints", "load_codebook", "load_roots", "spans_of"]
