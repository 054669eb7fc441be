"""Sources for the terminal: who is cited, how reliable the user holds them to be, and how their claims fared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.console import Console
from rich.table import Table
from rich.text import Text

from amity.show.lines import say_safe
from amity.show.wording import say_count


class Sheet(Protocol):
    """What is shown of a source."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def anonymous(self) -> bool: ...
    @property
    def reliability(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def claims(self) -> tuple[str, ...]: ...
    @property
    def documents(self) -> int: ...
    @property
    def held(self) -> int | None: ...
    @property
    def spoken_against(self) -> int | None: ...
    @property
    def alone(self) -> int | None: ...


def print_sources(sheets: Sequence[Sheet], meanings: dict[str, str], console: Console) -> None:
    """Sheets -> a row each: name, kind, grade in words, claims, and of these told by others, spoken against, alone."""
    if not sheets:
        console.print("No sources: every claim stands in its report's own voice.")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("source", "kind", "reliability"):
        table.add_column(column, overflow="fold")
    for column in ("claims", "reports", "others too", "against", "alone"):
        table.add_column(column, justify="right")
    for s in sheets:
        grade = Text(f"{s.reliability} {meanings[s.reliability]}", "dim" if s.reliability == "F" else "bold")
        kind = f"{s.kind}, unnamed" if s.anonymous and s.kind != "anonymous" else "unnamed" if s.anonymous else s.kind
        fared = ["–" if n is None else f"{n:,}" for n in (s.held, s.spoken_against, s.alone)]
        table.add_row(say_safe(s.name), kind, grade, f"{len(s.claims):,}", f"{s.documents:,}", *fared)
    console.print(table)
    console.print(Text(f"{say_count(len(sheets), 'source')}; grade one with: amity sources grade NAME B --why ...", "dim"))
