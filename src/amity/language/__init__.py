"""Sentence -> words, tree, names, quotations: the one model run. `load_reader().parse(document_id, stretches)`."""

from amity.language.quotations import Quotation
from amity.language.reader import Reader, load_reader

__all__ = ["Quotation", "Reader", "load_reader"]
