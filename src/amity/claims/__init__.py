"""Coded events -> claims: source chain, status, dates, and a first form of grade."""

from amity.claims.codebook import Codebook, load_codebook
from amity.claims.make import make_claims
from amity.claims.publication import infer_published
from amity.claims.reliability import SourceSheet, check_grade, gather_sources, read_grades, source_key

__all__ = [
    "Codebook",
    "SourceSheet",
    "check_grade",
    "gather_sources",
    "infer_published",
    "load_codebook",
    "make_claims",
    "read_grades",
    "source_key",
]
