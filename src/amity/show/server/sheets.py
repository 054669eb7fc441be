"""Pages of what the ledger holds: changes, ties, network, pairs, parties, claims and documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from amity.errors import NotFound, suggest
from amity.records import Claim
from amity.show.marks import find_passages, fit_context, index_anchors, mark_text
from amity.show.picture import Dyad
from amity.show.report import DocumentSheet, show_cut, warn_direction
from amity.show.server import drawing
from amity.show.server.desk import View
from amity.show.server.looking import find_news, word_of
from amity.show.server.pages import Query, Sheet, Tools
from amity.show.server.timeline import draw_moment, tell_moment
from amity.show.strip import draw_lanes

# Figures of a tie in a list.
FIGURES = ("warmth", "low", "high", "verbal", "material", "alignment", "sign", "trend", "events")
# Rows of one page of a list.
ROWS = 50
# Claims by which a list can be narrowed, with what each means.
FILTERS = {
    "party": "a party's id, in either role", "with": "the other party of a pair", "type": "a type of act or standing",
    "status": "how the sentence puts it",
    "document": "a document's id", "source": "a name in the chain of word", "alone": "1: acts without a named counterpart",
}  # fmt: skip
# Claims of a pair that its page draws and quotes.
MOST_TOLD = 120
# Characters of one text that are shown whole; of a longer one the surroundings of its quotations.
MOST_TEXT = 400_000


def cut_rows(rows: Sequence[Any], query: Query) -> dict[str, Any]:
    """Rows and which fifty are asked for -> these, and where the others are."""
    page = query.whole("page", 0, 100_000)
    pages = max(1, -(-len(rows) // ROWS))
    return {"rows": rows[page * ROWS : (page + 1) * ROWS], "page": page, "pages": pages, "total": len(rows)}


def tell_dyad(dyad: Dyad) -> dict[str, Any]:
    """A pair -> its figures for JSON; series, spells and claims stand with the pair itself, since a list of them would be endless."""
    tie = dyad.tie
    figures = {n: getattr(tie, n) if tie else None for n in FIGURES}
    word = word_of(tie) if tie else None
    return {"a": dyad.a, "b": dyad.b, "a_name": dyad.a_name, "b_name": dyad.b_name, "word": word, "claims": len(dyad.claims)} | figures


def tell_claims(claims: Iterable[Claim]) -> list[Any]:
    """Claims -> rows for JSON."""
    return [drawing.say_plain(c.to_json()) for c in claims]


def show_changes(tools: Tools, query: Query) -> Sheet:
    """What changed: since this browser last looked, and at all."""
    view = tools.desk.view(query.day("as_of"))
    news = find_news(tools.desk, view, query.seen) if query.seen and not view.as_of else None
    parts = {"head": drawing.draw_whole(tools.desk, "head", view), "changes": drawing.draw_whole(tools.desk, "changes", view)}

    def tell() -> Any:
        return {"as_of": view.picture.as_of, "changes": drawing.say_plain(view.picture.changes), "claims": len(view.claims)}

    return Sheet("What changed", "changes.html", view, parts | {"news": news}, tell)


def show_ties(tools: Tools, query: Query) -> Sheet:
    """Every tie, most claims first, with network and matrix."""
    view = tools.desk.view(query.day("as_of"))
    body = drawing.draw_whole(tools.desk, "ties", view)
    return Sheet("Ties", "section.html", view, {"body": body}, lambda: [tell_dyad(d) for d in view.dyads if d.tie])


def show_network(tools: Tools, query: Query) -> Sheet:
    """The network on a day of events."""
    view = tools.desk.view(query.day("as_of"))
    step = query.whole("step", 0) if query.text("step") else None
    moment = draw_moment(tools.desk, view, query.day("day"), step)
    return Sheet("Network", "network.html", view, {"moment": moment}, lambda: tell_moment(moment))


def show_pair(tools: Tools, query: Query) -> Sheet:
    """One pair: its strips, its figures and every quotation."""
    view = tools.desk.view(query.day("as_of"))
    a, b = query.text("a"), query.text("b")
    dyad = view.find(a, b)
    if dyad is None:
        wrong = next((x for x in (a, b) if x not in view.names), "")
        near = suggest(wrong, view.names) if wrong else ""
        raise NotFound(f"pair {a[:80]!r} and {b[:80]!r}: no claim speaks of both{near}; see /ties")
    shown = newest_of(dyad)
    context = {
        "body": drawing.draw_pair(view, shown, drawing.list_marks(tools.desk, view)),
        "lanes": draw_lanes(shown, view.picture.as_of),
        "dyad": dyad,
        "shown": len(shown.claims),
    }

    def tell() -> Any:
        return tell_dyad(dyad) | {
            "tie": drawing.say_plain(dyad.tie),
            "changes": drawing.say_plain(dyad.changes),
            "claims": tell_claims(dyad.claims),
        }

    return Sheet(dyad.label, "pair.html", view, context, tell)


def newest_of(dyad: Dyad) -> Dyad:
    """A pair -> the same with its newest MOST_TOLD claims and those behind its turns; the list of claims holds the others."""
    if len(dyad.claims) <= MOST_TOLD:
        return dyad
    behind = {i for c in dyad.changes for i in c.claims}
    early = [c for c in dyad.claims[:-MOST_TOLD] if c.id in behind]
    return replace(dyad, claims=(*early, *dyad.claims[-MOST_TOLD:]))


def show_party(tools: Tools, query: Query) -> Sheet:
    """One party: its pairs, those that turned last first, and its claims, newest first."""
    view = tools.desk.view(query.day("as_of"))
    id = query.text("id")
    if id not in view.names:
        raise NotFound(f"party {id[:80]!r}: no claim names it{suggest(id, view.names)}; see /search")
    pairs = [d for d in view.dyads if id in (d.a, d.b)]
    pairs.sort(key=lambda d: (d.changes[-1].day if d.changes else "", d.named, len(d.claims)), reverse=True)
    claims = view.by_party[id]
    context = {"id": id, "name": view.names[id], "dyads": pairs} | cut_rows(claims, query)

    def tell() -> Any:
        return {"id": id, "name": view.names[id], "pairs": [tell_dyad(d) for d in pairs], "claims": [c.id for c in claims]}

    return Sheet(view.names[id], "party.html", view, context, tell)


def show_claims(tools: Tools, query: Query) -> Sheet:
    """Claims that fit what is asked, newest first."""
    view = tools.desk.view(query.day("as_of"))
    wanted = {k: query.text(k) for k in FILTERS}
    claims = pick_claims(view, wanted)
    context = cut_rows(claims, query) | {"wanted": {k: v for k, v in wanted.items() if v}}
    shown: Sequence[Claim] = context["rows"]
    return Sheet("Claims", "claims.html", view, context, lambda: {"total": len(claims), "claims": tell_claims(shown)})


def pick_claims(view: View, wanted: dict[str, str]) -> Sequence[Claim]:
    """A view and what is wanted -> its claims, newest first."""
    rows: Sequence[Claim] = view.by_party.get(wanted["party"], []) if wanted["party"] else view.newest
    if wanted["with"]:
        pair = view.find(wanted["party"], wanted["with"])
        rows = pair.claims[::-1] if pair else []
    if wanted["document"]:
        rows = [c for c in view.by_document.get(wanted["document"], []) if not wanted["party"] or c in rows]
    if wanted["alone"]:
        held = {c.id for c in view.alone}
        rows = [c for c in rows if c.id in held]
    tests = [(k, wanted[k]) for k in ("type", "status") if wanted[k]]
    if tests:
        rows = [c for c in rows if all(getattr(c, k) == v for k, v in tests)]
    said = wanted["source"].casefold()
    return [c for c in rows if any(said in s.name.casefold() for s in c.sources)] if said else rows


def show_claim(tools: Tools, query: Query) -> Sheet:
    """One claim, also one that was rejected or is no longer current."""
    view = tools.desk.view()
    claim = tools.desk.ledger.claim(query.path["id"])
    held = tools.desk.ledger.judgements(claim.id)
    pair = next((d for d in (view.find(*e) for e in ends_of(claim)) if d), None)
    document = view.documents.get(claim.document_id) or tools.desk.ledger.document(claim.document_id)
    anchor = index_anchors(find_passages(drawing.picture_of(view, [document], view.by_document.get(document.id, []))))
    context = {"claim": claim, "document": document, "anchor": anchor.get(claim.id), "judgements": held, "pair": pair}
    stands = claim.id in view.claims

    def tell() -> Any:
        return drawing.say_plain(claim.to_json()) | {"stands": stands, "judgements": drawing.say_plain(held)}

    return Sheet("Claim", "claim.html", view, context | {"stands": stands}, tell)


def ends_of(claim: Claim) -> list[tuple[str, str]]:
    """A claim -> the pairs that it may stand with."""
    r = claim.recipient
    return [(claim.actor.side_id, r.side_id), (claim.actor.id, r.id), (claim.actor.side_id, r.id), (claim.actor.id, r.side_id)] if r else []


def show_documents(tools: Tools, query: Query) -> Sheet:
    """Documents, newest first, and files that were not read."""
    view = tools.desk.view(query.day("as_of"))
    rows = sorted(view.documents.values(), key=lambda d: (d.published or "", d.name), reverse=True)
    counts = {d.id: len(view.by_document.get(d.id, ())) for d in rows}
    context = cut_rows(rows, query) | {"counts": counts, "unread": view.picture.unread}

    def tell() -> Any:
        told = ("id", "name", "title", "outlet", "published", "url", "format")
        return [drawing.say_plain({n: getattr(d, n) for n in told}) | {"claims": counts[d.id]} for d in rows]

    return Sheet("Documents", "documents.html", view, context, tell)


def show_document(tools: Tools, query: Query) -> Sheet:
    """One document: its text with quotations marked, and what was cut with its reason."""
    view = tools.desk.view()
    document = view.documents.get(query.path["id"]) or tools.desk.ledger.document(query.path["id"])
    claims = view.by_document.get(document.id, [])
    passages = find_passages(drawing.picture_of(view, [document], claims))
    text = mark_text(document, passages.get(document.id, []), fit_context([document], passages, MOST_TEXT))
    notes = [*document.warnings, *warn_direction(document)]
    sheet = DocumentSheet(document, len(claims), text, [show_cut(document, c) for c in document.cuts], notes)
    silences = tools.desk.ledger.silences(document.id)
    context = {"f": sheet, "doc": document, "claims": sorted(claims, key=lambda c: c.start), "silences": len(silences)}

    def tell() -> Any:
        return drawing.say_plain(document) | {"claims": tell_claims(claims), "silences": drawing.say_plain(silences)}

    return Sheet(document.title or document.name, "document.html", view, context, tell)
