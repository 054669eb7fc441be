"""Records -> HTML of a page: the report's own sections and words, with links that lead to the desk's pages."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from amity.records import Claim, Document
from amity.show.marks import find_passages, index_anchors
from amity.show.picture import Dyad, Picture
from amity.show.report import Budget, build_context, load_page
from amity.show.server.desk import Desk, View
from amity.show.wording import UNPRINTABLE

# The whole picture without its pairs and texts, which have pages of their own; one pair with all its quotations.
WHOLE = Budget(sections=0, cards=0, points=0, ties=400, text=0)
ONE_PAIR = Budget(sections=1, cards=80, points=160, ties=0, text=0, quoted=True)
# Characters of text around a quotation that is to be judged: a sentence or two.
CONTEXT = 240
LINK = re.compile(r'href="#([^"]*)"')
PAGES_OF = {"c": "claim", "doc": "document", "incident": "incident"}
PLACE = re.compile(r'\bid="([^"]+)"')
# Where the report's own anchors are on the desk.
SECTIONS = {
    "changes": "/", "ties": "/ties", "unnamed": "/ties#unnamed", "dyads": "/ties", "alone": "/claims?alone=1",
    "standings": "/standings", "incidents": "/incidents", "blocs": "/blocs", "outlook": "/outlook", "sources": "/sources",
    "documents": "/documents", "unread": "/documents#unread", "method": "/method", "card": "/method#card",
}  # fmt: skip


@cache
def load_pages() -> Any:
    """The report's templates and the desk's own beside them, with the same words; everything is escaped."""
    from jinja2 import ChoiceLoader, FileSystemLoader

    report = load_page().environment
    pages = report.overlay(loader=ChoiceLoader([report.loader, FileSystemLoader(str(files("amity.show.server") / "templates"))]))
    pages.filters |= {"pair_address": pair_address}
    return pages


def pair_address(dyad: Any) -> str:
    """A pair -> its address."""
    return "/pair?" + urlencode({"a": dyad.a, "b": dyad.b}, safe=":")


def fill_context(desk: Desk, view: View) -> dict[str, Any]:
    """All that the report's sections name, for the whole picture."""
    return desk.keep(("context", view.as_of), lambda: build_context(view.picture, view.dyads, view.alone, WHOLE), view.state)


def draw_section(name: str, context: Mapping[str, Any]) -> Markup:
    """One section of the report by the name of its block -> its HTML."""
    page = load_page()
    parts = vars(page.environment.get_template("parts.html").module)
    macros = {key: value for key, value in parts.items() if not key.startswith("_")}
    return Markup("".join(page.blocks[name](page.new_context(macros | dict(context)))))


def draw_whole(desk: Desk, name: str, view: View) -> Markup:
    """One section of the report for the whole picture, kept while the view is."""
    return desk.keep(("section", name, view.as_of), lambda: draw_section(name, fill_context(desk, view)), view.state)


def draw_pair(view: View, dyad: Dyad, marks: Mapping[str, str]) -> Markup:
    """A pair -> the report's section for it alone: its strip, figures and quotations, newest first."""
    cited = {c.document_id for c in dyad.claims}
    documents = tuple(view.documents[i] for i in sorted(cited) if i in view.documents)
    ties = (dyad.tie,) if dyad.tie else ()
    picture = replace(view.picture, documents=documents, claims=dyad.claims, ties=ties, changes=dyad.changes, unread=())
    context = build_context(picture, [dyad], [], ONE_PAIR)
    return draw_section("dyads", context | {"pair_here": dyad, "marks": marks})


def list_marks(desk: Desk, view: View) -> dict[str, str]:
    """Claims of a view by id -> the anchors of their words: a passage is named after the first of all claims that quote it."""
    return desk.keep(("marks", view.as_of), lambda: index_anchors(find_passages(view.picture)), view.state)


def lead_home(page: str, view: View) -> str:
    """A page's HTML -> the same with anchors of the report that are not on it leading to the page that holds them.

    Text of articles cannot hold such a link: its quotes are escaped.
    """
    here = set(PLACE.findall(page))

    def lead(found: re.Match[str]) -> str:
        anchor = found.group(1)
        return found.group(0) if anchor in here else f'href="{find_address(anchor, view)}"'

    return LINK.sub(lead, page)


def find_address(anchor: str, view: View) -> str:
    """An anchor of the report -> the address on the desk, ready to stand in an attribute."""
    kind, _, key = anchor.partition("-")
    if anchor in view.anchors:
        return str(Markup.escape(pair_address(view.anchors[anchor]) + (f"&as_of={view.as_of}" if view.as_of else "")))
    if kind == "q" and key in view.claims:
        return f"/document/{view.claims[key].document_id}#{anchor}"
    if kind in PAGES_OF:
        return f"/{PAGES_OF[kind]}/{quote(key)}"
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


def picture_of(view: View, documents: Sequence[Document], claims: Sequence[Claim]) -> Picture:
    """A view and what is wanted of it -> a picture of that alone."""
    return replace(view.picture, documents=tuple(documents), claims=tuple(claims))


def cut_context(view: View, claim: Claim) -> tuple[str, str]:
    """A claim -> the words before and after its quotation; empty where the text is not at hand."""
    document = view.documents.get(claim.document_id)
    if document is None:
        return "", ""
    before, after = document.text[max(0, claim.start - CONTEXT) : claim.start], document.text[claim.end : claim.end + CONTEXT]
    # No word is shown in part.
    lead = before if claim.start <= CONTEXT else "… " + before.partition(" ")[2]
    return lead, after if claim.end + CONTEXT >= len(document.text) else after.rpartition(" ")[0] + " …"
