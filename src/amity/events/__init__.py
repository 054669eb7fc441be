"""Sentence + actors -> coded events and standings."""

from amity.events.codebook import Codebook, load_codebook
from amity.events.coder import EventCoder

__all__ = ["Codebook", "EventCoder", "load_codebook"]
