"""The pages of the desk by their addresses: each is a template with what it names, and the same as rows for JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from amity.errors import BadInput
from amity.show.server.desk import Desk, View
from amity.show.server.search import Search

DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of a page: the parts of its address, its parameters, when this browser last looked, the token of its forms."""

    path: Mapping[str, str]
    asked: Mapping[str, str]
    seen: str = ""
    csrf: str = ""

    def text(self, name: str, default: str = "") -> str:
        """A parameter, or what it is where it is not given."""
        return self.asked.get(name, "").strip() or default

    def whole(self, name: str, default: int, most: int = 1_000_000) -> int:
        """A parameter as a number 0..most. Raises BadInput where it is none."""
        said = self.text(name)
        if not said:
            return default
        if not said.isdecimal() or len(said) > 9 or int(said) > most:
            raise BadInput(f"parameter {name}: got {said[:40]!r}, allowed is a number from 0 to {most}")
        return int(said)

    def day(self, name: str) -> str | None:
        """A parameter as a day, month or year. Raises BadInput where it is none."""
        said = self.text(name)
        if said and not DAY.fullmatch(said):
            raise BadInput(f"parameter {name}: got {said[:40]!r}, allowed is a day such as 2024-09-30")
        return said or None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that is ready to be drawn: its title, template, what that names, the rows that it shows, and its view."""

    title: str
    template: str
    view: View
    context: Mapping[str, Any]
    data: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Tools:
    """What pages are made with."""

    desk: Desk
    search: Search


Maker = Callable[[Tools, Query], Sheet]


@dataclass(frozen=True, slots=True)
class Page:
    """An address, what stands there, its parameters with their meaning; `live` where it differs from one browser to another."""

    path: str
    summary: str
    make: Maker
    params: Mapping[str, str] = field(default_factory=dict)
    live: bool = False

    @property
    def json_path(self) -> str:
        """The address of the same as JSON."""
        return "/index.json" if self.path == "/" else self.path + ".json"


AS_OF = {"as_of": "only what had been published by this day, such as 2024-09-30"}
PART = {"page": "which fifty, counted from 0"}


def list_pages() -> Sequence[Page]:
    """Every page, in the order in which the desk leads through them."""
    from amity.show.server import findings, sheets

    return (
        Page("/", "What changed", sheets.show_changes, AS_OF, live=True),
        Page("/ties", "Ties: table and matrix", sheets.show_ties, AS_OF),
        Page("/network", "The network on a day", sheets.show_network, {"day": "a day of events", "step": "a step of the slider"} | AS_OF),
        Page("/pair", "One pair: strips, figures, quotations", sheets.show_pair, {"a": "a party's id", "b": "another's"} | AS_OF),
        Page("/party", "One party: its ties and claims", sheets.show_party, {"id": "its id"} | PART | AS_OF),
        Page("/incidents", "Incidents", findings.show_incidents, PART),
        Page("/incident/{id}", "One incident, its accounts side by side", findings.show_incident),
        Page("/standings", "Standings", findings.show_section("standings", "Standings"), AS_OF),
        Page("/blocs", "Blocs, and who is torn", findings.show_blocs),
        Page("/outlook", "Outlook", findings.show_outlook),
        Page("/sources", "Sources and their grades", findings.show_sources),
        Page("/claims", "Claims, newest first", sheets.show_claims, dict(sheets.FILTERS) | PART | AS_OF),
        Page("/claim/{id}", "One claim, why it was read so, and who judged it", sheets.show_claim, live=True),
        Page("/documents", "Documents, newest first", sheets.show_documents, PART | AS_OF),
        Page("/document/{id}", "One document, its quotations marked and its cuts struck", sheets.show_document),
        Page("/search", "Search in quotations, names and titles", findings.show_search, {"q": "words, all of them wanted"} | PART),
        Page("/review", "What waits for a decision", findings.show_review, {"after": "the claim to go on from"}, live=True),
        Page("/review/actors", "Actors that may be one", findings.show_pairs, {"skip": "how many to pass over"}, live=True),
        Page("/upload", "Reports that were sent in", findings.show_upload, live=True),
        Page("/method", "Method and limits", findings.show_section("method", "Method"), AS_OF),
    )
