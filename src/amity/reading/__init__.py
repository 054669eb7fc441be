"""Bytes -> Document: formats, cleaning with reasons, publication date, sentences; offsets are never lost."""

from __future__ import annotations

from amity.reading.formats import FORMATS, Format
from amity.reading.paths import read_paths
from amity.reading.sentences import split_sentences

__all__ = ["FORMATS", "Format", "read_paths", "split_sentences"]
