"""Records -> HTML of a page: the report's own sections and words, with links that lead to the desk's pages."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from amity.records import Claim
from amity.show import incidents as telling
from amity.show.picture import Dyad
from amity.show.report import Budget, build_context, load_page
from amity.show.server.desk import Desk, View
from amity.show.wording import UNPRINTABLE

# The whole picture without its pairs and texts, which have pages of their own; one pair with all its quotations.
WHOLE = Budget(sections=0, cards=0, points=0, ties=1500, text=0)
ONE_PAIR = Budget(sections=1, cards=80, points=160, ties=0, text=0, quoted=True)
LINK = re.compile(r'href="#([^"]*)"')
PLACE = re.compile(r'\bid="([^"]+)"')
# Where the report's own anchors are on the desk.
SECTIONS = {
    "changes": "/", "ties": "/ties", "unnamed": "/ties#unnamed", "dyads": "/ties", "alone": "/claims?alone=1",
    "standings": "/standings", "documents": "/documents", "unread": "/documents#unread", "method": "/method",
}  # fmt: skip


@cache
def load_pages() -> Any:
    """The report's templates and the desk's own beside them, with the same words; everything is escaped."""
    from jinja2 import ChoiceLoader, FileSystemLoader

    report = load_page().environment
    pages = report.overlay(loader=ChoiceLoader([report.loader, FileSystemLoader(str(files("amity.show.server") / "templates"))]))
    pages.filters |= {"pair_address": pair_address, "title": telling.say_title, "told_by": telling.say_sources, "told_on": telling.say_time}
    pages.filters |= {"agreement": telling.say_agreement, "telling": telling.say_telling, "voice": telling.say_voice}
    return pages


def pair_address(dyad: Any) -> str:
    """A pair -> its address."""
    return "/pair?" + urlencode({"a": dyad.a, "b": dyad.b}, safe=":")


def fill_context(desk: Desk, as_of: str | None) -> dict[str, Any]:
    """All that the report's sections name, for the whole picture."""
    view = desk.view(as_of)
    return desk.keep(("context", as_of), lambda: build_context(view.picture, view.dyads, view.alone, WHOLE))


def draw_section(name: str, context: Mapping[str, Any]) -> Markup:
    """One section of the report by the name of its block -> its HTML."""
    page = load_page()
    parts = vars(page.environment.get_template("parts.html").module)
    macros = {key: value for key, value in parts.items() if not key.startswith("_")}
    return Markup("".join(page.blocks[name](page.new_context(macros | dict(context)))))


def draw_whole(desk: Desk, name: str, as_of: str | None = None) -> Markup:
    """One section of the report for the whole picture, kept while the ledger stands as it is."""
    return desk.keep(("section", name, as_of), lambda: draw_section(name, fill_context(desk, as_of)))


def draw_pair(view: View, dyad: Dyad, names: tuple[str, ...] = ("dyads",)) -> Markup:
    """A pair -> the report's sections for it alone: its strip, figures and every quotation."""
    from dataclasses import replace

    cited = {c.document_id for c in dyad.claims}
    documents = tuple(d for d in view.picture.documents if d.id in cited)
    ties = (dyad.tie,) if dyad.tie else ()
    picture = replace(view.picture, documents=documents, claims=dyad.claims, ties=ties, changes=dyad.changes, unread=())
    context = build_context(picture, [dyad], [], ONE_PAIR)
    return Markup("").join(draw_section(name, context) for name in names)


def lead_home(page: str, view: View) -> str:
    """A page's HTML -> the same with anchors of the report that are not on it leading to the page that holds them.

    Text of articles cannot hold such a link: its quotes are escaped.
    """
    here = set(PLACE.findall(page))
    claims = {c.id: c for c in view.picture.claims}
    pairs = {d.anchor: d for d in view.dyads}

    def lead(found: re.Match[str]) -> str:
        anchor = found.group(1)
        return found.group(0) if anchor in here else f'href="{find_address(anchor, claims, pairs)}"'

    return LINK.sub(lead, page)


def find_address(anchor: str, claims: Mapping[str, Claim], pairs: Mapping[str, Dyad]) -> str:
    """An anchor of the report -> the address on the desk, ready to stand in an attribute."""
    kind, _, key = anchor.partition("-")
    if anchor in pairs:
        return str(Markup.escape(pair_address(pairs[anchor])))
    if kind == "q" and key in claims:
        return f"/document/{claims[key].document_id}#{anchor}"
    if kind in ("c", "doc"):
        return f"/{'claim' if kind == 'c' else 'document'}/{quote(key)}"
    return SECTIONS.get(anchor, f"#{anchor}")


def draw_page(template: str, context: Mapping[str, Any], view: View) -> str:
    """A template of the desk and what it names -> the page."""
    page = load_pages().get_template(template).render(context)
    return lead_home(UNPRINTABLE.sub("\ufffd", page), view)


def say_plain(value: Any) -> Any:
    """Records -> plain values for JSON; open bounds are null, lone surrogates and control characters �."""
    if hasattr(value, "to_json"):
        return say_plain(value.to_json())
    if is_dataclass(value) and not isinstance(value, type):
        return say_plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(k): say_plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [say_plain(v) for v in value]
    if isinstance(value, str):
        return UNPRINTABLE.sub("\ufffd", value)
    return None if isinstance(value, float) and not math.isfinite(value) else value
