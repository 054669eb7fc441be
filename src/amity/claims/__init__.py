"""Coded events -> claims: source chain, status, dates, and a first form of grade."""

from amity.claims.codebook import Codebook, load_codebook
from amity.claims.make import make_claims
from amity.claims.publication import infer_published

__all__ = ["Codebook", "infer_published", "load_codebook", "make_claims"]
