"""Sentence -> words, tree, names: the one model run. `load_reader().parse(document_id, stretches)`."""

from amity.language.reader import Reader, load_reader

__all__ = ["Reader", "load_reader"]
