"""Pages of what is found on the ground of all claims, and of what a person does: incidents, blocs, outlook, sources, search, review."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from markupsafe import Markup

from amity.errors import NotFound
from amity.records import Claim
from amity.show import sections
from amity.show.evidence import group_cards
from amity.show.picture import Picture
from amity.show.server import drawing, reviewing
from amity.show.server.pages import Maker, Query, Sheet, Tools
from amity.show.server.sheets import cut_rows, tell_claims

# Claims of the queue that its JSON lists.
QUEUE_ROWS = 200
# Quotations of an actor beside which another is judged the same.
MOST_QUOTED = 4


def show_section(name: str, title: str) -> Maker:
    """A section of the report -> the page that shows it alone."""

    def show(tools: Tools, query: Query) -> Sheet:
        view = tools.desk.view(query.day("as_of"))
        rows = [c for c in view.newest if c.kind == "standing"] if name == "standings" else []
        data = {"notes": list(view.picture.notes)} if name == "method" else None
        return Sheet(title, "section.html", view, {"body": drawing.draw_whole(tools.desk, name, view)}, lambda: data or tell_claims(rows))

    return show


def show_incidents(tools: Tools, query: Query) -> Sheet:
    """Incidents that several claims tell: contradicted ones first, then those that came to stand otherwise, then the latest."""
    view, every = tools.desk.view(), tools.desk.incidents()
    told = tools.desk.keep(("ranked",), lambda: sections.rank_incidents(every), tools.desk.stamp())
    context = cut_rows(told, query) | {"once": len(every) - len(told), "parted": sum(i.contradicted for i in told)}
    return Sheet("Incidents", "incident_list.html", view, context, lambda: [drawing.say_plain(i.to_json()) for i in context["rows"]])


def show_incident(tools: Tools, query: Query) -> Sheet:
    """One incident by its id, or by that of any claim of it."""
    view, id = tools.desk.view(), query.path["id"]
    every = tools.desk.keep(("by claim",), lambda: {c: i for i in tools.desk.incidents() for c in (*i.claims, i.id)}, tools.desk.stamp())
    found = every.get(id)
    if found is None:
        raise NotFound(f"incident {id[:40]!r}: no incident and no claim of one has this id; see /incidents")
    context = {"incidents": [sections.lay_accounts(found, view.documents)], "told_once": 0, "more_incidents": (), "linked": view.claims}
    body = drawing.draw_section("incidents", context | {"alone_here": True})
    links = {"links": found.links, "grades": found.grades}
    return Sheet("Incident", "incident.html", view, {"body": body} | links, lambda: drawing.say_plain(found.to_json()))


def show_whole(tools: Tools, name: str, title: str, picture: Picture) -> Sheet:
    """A section that rests on all claims -> its page."""
    view = tools.desk.view()
    body = tools.desk.keep(("whole", name), lambda: draw_finding(picture, name, view.claims), tools.desk.stamp())
    data = {"blocs": picture.blocs, "triads": picture.triads} if name == "blocs" else getattr(picture, name)
    return Sheet(title, "section.html", view, {"body": body}, lambda: drawing.say_plain(data))


def draw_finding(picture: Picture, name: str, linked: Container[str]) -> Markup:
    """A picture -> one of its sections, without laying out any of the others."""
    return drawing.draw_section(name, {"picture": picture} | sections.add_sections(picture, 0) | {"linked": linked})


def show_blocs(tools: Tools, query: Query) -> Sheet:
    """The division into blocs, its proof, and who is torn."""
    return show_whole(tools, "blocs", "Blocs", tools.desk.blocs())


def show_outlook(tools: Tools, query: Query) -> Sheet:
    """Forecasts and how such forecasts did."""
    return show_whole(tools, "outlook", "Outlook", tools.desk.outlook())


def show_sources(tools: Tools, query: Query) -> Sheet:
    """On whose word the claims stand."""
    found = tools.desk.sources()
    return show_whole(tools, "sources", "Sources", replace(tools.desk.view().picture, sources=tuple(found)))


def show_search(tools: Tools, query: Query) -> Sheet:
    """Parties, documents and quotations that hold every word asked for."""
    view, asked = tools.desk.view(), query.text("q")[:400]
    page = query.whole("page", 0, 10_000)
    found = tools.search.find(view, asked, skip=50 * page)
    texts = {h.id: h.text for h in found.claims}
    cards = [(card, texts[card.first.id]) for card in group_cards(view.claims[h.id] for h in found.claims)]
    context = {"asked": asked, "found": found, "cards": cards, "page": page, "pages": -(-found.total // 50)}

    def tell() -> Any:
        names = [{"id": h.id, "name": view.names.get(h.id, h.id)} for h in found.parties]
        return {"q": asked, "parties": names, "documents": [h.id for h in found.documents], "claims": [h.id for h in found.claims]}

    return Sheet("Search", "search.html", view, context, tell)


def show_review(tools: Tools, query: Query) -> Sheet:
    """The claim that most needs a decision, or the one after a given one."""
    view, queue = tools.desk.view(), reviewing.list_waiting(tools.desk)
    claim = queue.next_after(query.text("after"))
    behind = {i for c in view.picture.changes for i in c.claims}
    context = {
        "claim": claim, "queue": queue, "urgent": bool(claim and claim.id in behind),
        "around": drawing.cut_context(view, claim) if claim else None, "who": tools.desk.options.who,
    }  # fmt: skip
    data = {"waiting": queue.count, "decided": len(queue.settled), "next": [c.id for c in islice(queue.waiting, QUEUE_ROWS)]}
    return Sheet("Review", "review.html", view, context, lambda: data)


def show_pairs(tools: Tools, query: Query) -> Sheet:
    """The two actors that most likely are one."""
    view = tools.desk.view()
    last = reviewing.last_verdicts(tools.desk.ledger.judgements())
    judged = {about for about, j in last.items() if j.verdict in reviewing.PAIR_VERDICTS[:3]}
    waiting = [p for p in tools.desk.pairs() if " | ".join(sorted((p.a, p.b))) not in judged]
    skip = query.whole("skip", 0, 100_000)
    pair = waiting[skip % len(waiting)] if waiting else None
    ends = [(e, view.names.get(e, e), choose_quoted(view.by_party.get(e, [])), len(view.by_party.get(e, []))) for e in ends_of(pair)]
    context = {"pair": pair, "ends": ends, "waiting": len(waiting), "skip": skip}
    return Sheet("Actors that may be one", "review_actors.html", view, context, lambda: drawing.say_plain(waiting[:QUEUE_ROWS]))


def ends_of(pair: Any) -> tuple[str, ...]:
    """A pair of actors, or none -> their ids."""
    return (pair.a, pair.b) if pair else ()


def choose_quoted(claims: Sequence[Claim]) -> list[Claim]:
    """Claims, newest first -> the newest few of different words."""
    return list({c.quote: c for c in reversed(claims[: 3 * MOST_QUOTED])}.values())[::-1][:MOST_QUOTED]


def show_upload(tools: Tools, query: Query) -> Sheet:
    """The form for sending in reports; the jobs of this run are added where it is answered."""
    context = {"most": tools.desk.options.upload}
    return Sheet("Upload", "upload.html", tools.desk.view(), context, lambda: {"most_bytes": tools.desk.options.upload})
