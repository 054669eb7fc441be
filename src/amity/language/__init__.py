"""Sentence -> words, tree, names, quotations: the one model run. `load_reader().parse(document_id, stretches)`.

A second model, `load_acts()`, scores what the parties of a sentence do to each other.
"""

from amity.language.acts import ActReader, load_acts
from amity.language.quotations import Quotation
from amity.language.reader import Reader, load_reader

__all__ = ["ActReader", "Quotation", "Reader", "load_acts", "load_reader"]
