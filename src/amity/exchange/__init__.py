"""Other people's data in, every dialect out. Kinds, mapping files and figures: docs/exchange.md."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amity.exchange.coding import Step, code_file
    from amity.exchange.dialects import DIALECTS, make_dialect
    from amity.exchange.exports import EXPORTS, find_export
    from amity.exchange.exports.extract import Extract
    from amity.exchange.files import RowFile, find_files
    from amity.exchange.naming import Namer
    from amity.exchange.slots import Dialect, Given

_HOME = {
    "DIALECTS": "dialects",
    "EXPORTS": "exports",
    "Dialect": "slots",
    "Extract": "exports.extract",
    "Given": "slots",
    "Namer": "naming",
    "RowFile": "files",
    "Step": "coding",
    "code_file": "coding",
    "find_export": "exports",
    "find_files": "files",
    "make_dialect": "dialects",
}
__all__ = [
    "DIALECTS",
    "EXPORTS",
    "Dialect",
    "Extract",
    "Given",
    "Namer",
    "RowFile",
    "Step",
    "code_file",
    "find_export",
    "find_files",
    "make_dialect",
]


def __getattr__(name: str) -> Any:
    """The public names, loaded when first asked for."""
    if name in _HOME:
        return getattr(import_module(f"amity.exchange.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
