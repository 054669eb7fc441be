"""A picture -> one HTML file that stands alone: no network, and no script for any evidence."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from amity.errors import BadInput
from amity.records import Change, Claim, Cut, Document
from amity.show import evidence, network, sections, wording
from amity.show.card import card_html, load_card, say_card
from amity.show.marks import Passage, find_passages, fit_context, index_anchors, mark_text, say_cut, total_text
from amity.show.picture import Dyad, Picture, claim_bounds, day_bounds, gather_dyads
from amity.show.recent import find_recent
from amity.show.strip import draw_strip

# Bytes that a report may take: what mail gateways and browsers bear without complaint.
MOST_BYTES = 5_000_000
# Characters of a cut that are shown with its reason; the rest stands struck in the text.
CUT_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Budget:
    """How much is drawn in full.

    `sections` dyads have a strip and cards, `cards` quotations each; `points` of a series are drawn; `ties`
    stand in the table of ties; texts are printed whole up to `text` characters together, in part above;
    claims without a card show their quotation where `quoted`, else lead to it; `incidents` have their accounts
    side by side.
    """

    sections: int
    cards: int
    points: int
    ties: int
    text: int
    quoted: bool = False
    incidents: int = 0


@dataclass(frozen=True, slots=True)
class DyadSheet:
    """A dyad as it is shown: strip, cards, and the claims that have no card."""

    dyad: Dyad
    strip: Markup
    cards: Sequence[evidence.Card]
    rest: Sequence[Claim]
    confidence: str


@dataclass(frozen=True, slots=True)
class TurnSheet:
    """A change as it is shown: its section, its first quotation, and how sure it is."""

    change: Change
    anchor: str
    label: str
    quote: Claim | None
    claims: int
    confidence: str


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """A document as it is shown."""

    document: Document
    claims: int
    text: Markup
    cuts: Sequence[tuple[str, str, int]]
    warnings: Sequence[str]


# The richest that fits is taken. Claims are never left out, in none of them.
BUDGETS = (
    Budget(sections=60, cards=12, points=160, ties=1500, text=2_000_000, quoted=True, incidents=60),
    Budget(sections=150, cards=6, points=60, ties=1500, text=1_500_000, quoted=True, incidents=60),
    Budget(sections=150, cards=6, points=60, ties=1500, text=1_500_000, incidents=60),
    Budget(sections=60, cards=4, points=60, ties=700, text=900_000, incidents=30),
    Budget(sections=20, cards=3, points=40, ties=300, text=300_000, incidents=10),
)


def write_report(picture: Picture, path: Path) -> None:
    """A picture -> one HTML file at `path`.

    The bytes depend on the picture alone. Raises BadInput where the file cannot be written.
    """
    page = render_report(picture)
    try:
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as fault:
        raise BadInput(f"{path}: got {fault.strerror or fault}, allowed is a file that can be written; name another with -o") from None


def render_report(picture: Picture) -> str:
    """A picture -> the text of the page, as rich as fits into MOST_BYTES; where nothing fits, the barest."""
    picture = drop_doubles(picture)
    dyads, alone = gather_dyads(picture)
    page = ""
    for budget in BUDGETS[1:] if len(dyads) > BUDGETS[0].sections else BUDGETS:
        page = wording.UNPRINTABLE.sub("\ufffd", load_page().render(build_context(picture, dyads, alone, budget)))
        if len(page.encode()) <= MOST_BYTES:
            break
    return page


def drop_doubles(picture: Picture) -> Picture:
    """A picture -> the same with each claim and document once, since their ids name places in the page."""
    claims = {c.id: c for c in picture.claims}
    documents = {d.id: d for d in picture.documents}
    return replace(picture, claims=tuple(claims.values()), documents=tuple(documents.values()))


@cache
def load_page() -> Any:
    """The page's template with the words it uses; everything that is not drawn here is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = files("amity.show") / "templates"
    page = Environment(
        loader=FileSystemLoader(str(folder)), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    said = {name: say for name, say in vars(wording).items() if name.startswith("say_")}
    page.filters |= said | {
        "tone": wording.claim_tone,
        "real": wording.is_real,
        "tells_place": wording.tells_place,
        "chance_of": wording.warmth_chance,
    }
    page.filters |= {
        "say_tie": evidence.say_tie,
        "say_stand": evidence.say_stand,
        "tie_look": evidence.tie_look,
        "choose_bases": sections.choose_bases,
    } | list_filters()
    style, script = (Markup((folder / name).read_text("utf-8")) for name in ("report.css", "report.js"))
    digest = base64.b64encode(hashlib.sha256(str(script).encode()).digest()).decode()
    page.globals |= {"style": style, "script": script, "script_hash": digest, "words": wording.wording()}
    page.globals |= {"card": Markup(card_html()), "often": say_card(load_card())[0]}
    return page.get_template("report.html")


def list_filters() -> dict[str, Any]:
    """The words for incidents, blocs and forecasts by the names under which templates use them."""
    from amity.show import blocs, incidents, outlook

    return {
        "incident_title": incidents.say_title, "told_by": incidents.say_sources, "told_on": incidents.say_time,
        "agreement": incidents.say_agreement, "telling": incidents.say_telling, "voice": incidents.say_voice,
        "cost": blocs.say_cost, "weight": blocs.say_weight, "odd": blocs.say_odd,
        "forecast_kind": outlook.say_kind, "share": outlook.say_share, "kind_words": lambda k: outlook.KIND_WORDS.get(k, k),
    }  # fmt: skip


def build_context(picture: Picture, dyads: Sequence[Dyad], alone: Sequence[Claim], budget: Budget) -> dict[str, Any]:
    """A picture with its dyads and what fits -> all that the template names."""
    documents = {d.id: d for d in picture.documents}
    passages = find_passages(picture)
    tied = [d for d in dyads if d.tie and d.named]
    parties = network.list_parties(tied)
    full = choose_sections(dyads, budget)
    drawn = set(full)
    recent = None if picture.changes else find_recent(picture)
    return {
        "picture": picture,
        "marks": index_anchors(passages),
        "documents": documents,
        "figures": count_figures(picture, dyads),
        "quads": Counter(c.quad for c in picture.claims if c.quad),
        "turns": build_turns(picture, dyads, documents),
        "recent": recent,
        "news": evidence.group_cards(recent.claims) if recent else [],
        "tied": tied,
        "unnamed": [d for d in dyads if d.tie and not d.named],
        "leaning": sum(bool(d.tie and not d.tie.sign and evidence.lean_of(d.tie)) for d in tied),
        "listed": tied[: budget.ties],
        "net": network.draw_network(tied),
        "matrix": network.build_matrix(tied),
        "parties": len(parties),
        "drawn": network.MOST_NODES,
        "sheets": [build_sheet(d, picture, documents, budget) for d in full],
        "brief": [d for d in dyads if d not in drawn],
        "alone": alone,
        "quoted": budget.quoted,
        "standings": evidence.group_stances(sorted(picture.claims, key=lambda c: (claim_bounds(c) or ("",))[0])),
        "files": build_documents(picture, passages, budget),
        "whole": total_text(picture.documents) <= budget.text,
    } | sections.add_sections(picture, budget.incidents)


def choose_sections(dyads: Sequence[Dyad], budget: Budget) -> list[Dyad]:
    """Dyads -> those with a section: all where they are few, else those of named parties with more than one claim or a turn."""
    if len(dyads) <= BUDGETS[0].sections:
        return list(dyads)[: budget.sections]
    return [d for d in dyads if d.changes or (d.named and len(d.claims) > 1)][: budget.sections]


def count_figures(picture: Picture, dyads: Sequence[Dyad]) -> dict[str, Any]:
    """A picture -> the figures at its head."""
    days = sorted(b for c in picture.claims for b in claim_bounds(c) or ())
    papers = sorted(b for d in picture.documents if d.published for b in day_bounds(d.published) or ())
    return {
        "events": sum(c.kind == "event" for c in picture.claims),
        "parties": len({p.id for c in picture.claims for p in (c.actor, c.recipient) if p}),
        "dyads": len(dyads),
        "outlets": len({d.outlet for d in picture.documents if d.outlet}),
        "span": (days[0], days[-1]) if days else None,
        "papers": (papers[0], papers[-1]) if papers else None,
        "statuses": evidence.count_words(picture.claims),
    }


def build_turns(picture: Picture, dyads: Sequence[Dyad], documents: dict[str, Document]) -> list[TurnSheet]:
    """Changes -> as they are shown, newest first."""
    held = {c.id: c for c in picture.claims}
    turns = []
    for dyad in dyads:
        for change in dyad.changes:
            claims = [held[i] for i in change.claims if i in held]
            best = max(claims, key=lambda c: (wording.is_real(c), wording.claim_tone(c) == change.direction, c.confidence), default=None)
            sure = evidence.say_confidence(claims, documents)
            turns.append(TurnSheet(change, dyad.anchor, dyad.label, best, len(claims), sure))
    return sorted(turns, key=lambda t: (t.change.day, abs(t.change.size), t.anchor), reverse=True)


def build_sheet(dyad: Dyad, picture: Picture, documents: dict[str, Document], budget: Budget) -> DyadSheet:
    """A dyad -> its section."""
    behind = frozenset(i for c in dyad.changes for i in c.claims)
    cards, rest = evidence.choose_cards(evidence.group_cards(dyad.claims), budget.cards, behind)
    sure = evidence.say_confidence(dyad.claims, documents)
    return DyadSheet(dyad, draw_strip(dyad, picture.as_of, budget.points), cards, rest, sure)


def build_documents(picture: Picture, passages: dict[str, list[Passage]], budget: Budget) -> list[DocumentSheet]:
    """Documents -> as they are shown, newest first."""
    counts = Counter(c.document_id for c in picture.claims)
    context = fit_context(picture.documents, passages, budget.text)
    ordered = sorted(picture.documents, key=lambda d: (d.published or "", d.name), reverse=True)
    return [
        DocumentSheet(
            d,
            counts[d.id],
            mark_text(d, passages.get(d.id, []), context),
            [show_cut(d, cut) for cut in d.cuts],
            [*d.warnings, *warn_direction(d)],
        )
        for d in ordered
    ]


def show_cut(document: Document, cut: Cut) -> tuple[str, str, int]:
    """A cut -> its reason in words, the text to show, and how many characters are not shown."""
    text = document.text[cut.start : cut.end]
    return say_cut(cut), text[:CUT_SHOWN], max(0, len(text) - CUT_SHOWN)


def warn_direction(document: Document) -> list[str]:
    """A document -> a warning where its text holds characters that turn the direction of writing."""
    found = len(wording.BIDI_CONTROL.findall(document.text))
    return (
        [f"The text holds {wording.say_count(found, 'hidden control')} of writing direction; quotations are shown isolated."]
        if found
        else []
    )
