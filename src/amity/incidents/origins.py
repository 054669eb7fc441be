"""Where a text and each claim of it come from in the end, so that sources are counted by origin, not by outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from amity.incidents.copies import Overlap, group_copies
from amity.incidents.table import agencies, outlets
from amity.incidents.words import ARTICLE, fold
from amity.records import Claim, CopyGroup, Document, Origin, Source

# Characters at either end of a report in which its credit stands.
CREDIT_REACH = 400
# Characters of a source's name that are looked at for the word "agency".
LONGEST_NAME = 200
# "CAIRO (AP) -", "WASHINGTON/SEOUL (Reuters) –", "BEIRUT, June 5 (Xinhua) --": the place in capitals, the agency in brackets.
DATELINE = re.compile(r"\(\s*([A-Z][\w .'’&-]{1,40}?)\s*\)\s*(?:[-–—:]|--)")
# "By Jane Doe, Associated Press", "Source: Reuters", "© 2018 Agence France-Presse".
CREDIT = re.compile(
    r"(?:^|\n)\s*(?:by\b[^\n]{0,80}?(?:,|\||/|for|of)\s*(?:the\s+)?|source\s*:\s*|via\s+|from\s+(?:the\s+)?|(?:copyright\s*)?(?:©|\(c\))\s*(?:\d{4}\s*)?(?:the\s+)?"
    r"|[—–-]\s*)([A-Za-z][\w .'’&-]{1,40}?)\s*(?:\.|,|\||$|\n|\))",
    re.IGNORECASE,
)
# "The Associated Press contributed to this report": a part only, so the outlet's own text stays its own.
HELPED = re.compile(r"\bcontributed (?:to )?(?:this|reporting)\b", re.IGNORECASE)
OWN_WORD = re.compile(r"^(?:a|an|the|its|his|her|their|our|two|three|several|some|one)\s+", re.IGNORECASE)


def find_credit(document: Document) -> tuple[str, str, str] | None:
    """A document -> id and name of the agency that its byline, dateline or credit names, and the words; None where none does.

    >>> find_credit(Document("a", "CAIRO (AP) — The league met on Sunday.", "text"))[1]
    'Associated Press'
    """
    known = agencies()
    head, tail = document.text[:CREDIT_REACH], document.text[-CREDIT_REACH:]
    for match in DATELINE.finditer(head):
        if found := known.get(match.group(1).strip().casefold()):
            return *found, match.group().strip()
    for part in (head, tail):
        for match in CREDIT.finditer(part):
            line = part[match.start() : part.find("\n", match.end()) if "\n" in part[match.end() :] else len(part)]
            found = known.get(plain_name(match.group(1)))
            if found and not HELPED.search(line):
                return *found, match.group().strip()
    if found := known.get(plain_name(document.outlet)):
        return *found, f"printed by {document.outlet}"
    return None


def plain_name(name: str) -> str:
    """A name as the table of outlets has it: case folded, without its article."""
    return re.sub(r"^the\s+", "", name.strip().casefold())


def origin_of_text(document: Document) -> Origin:
    """A document -> its own origin: the agency it credits, else its outlet, else itself."""
    if found := find_credit(document):
        id, name, words = found
        return Origin(id, name, "agency", f"credit: {words}")
    if document.outlet:
        id, name = outlets().get(plain_name(document.outlet), (f"outlet:{fold(document.outlet)}", document.outlet))
        return Origin(id, name, "outlet", f"printed by {document.outlet}")
    return Origin(f"document:{document.id}", document.name, "document", "no outlet, byline or credit is known")


def trace_copies(documents: Sequence[Document], overlaps: Iterable[Overlap]) -> tuple[CopyGroup, ...]:
    """Documents and what they share -> groups of copies, each with its origin.

    The origin is the agency that most of the group's credits name; where none does, the document published first, and
    of those of one day the longest.
    """
    by_id = {d.id: d for d in documents}
    pairs = list(overlaps)
    groups = []
    for members in group_copies(pairs):
        held = sorted((by_id[m] for m in members if m in by_id), key=lambda d: (d.published or "9999", -len(d.text), d.id))
        if len(held) > 1:
            shares = tuple(share_of(d.id, members, pairs) for d in held)
            groups.append(CopyGroup(tuple(d.id for d in held), shares, trace_group(held)))
    return tuple(groups)


def trace_group(held: Sequence[Document]) -> Origin:
    """Copies of one text, first printed first -> the origin of all."""
    credits = [o for o in map(origin_of_text, held) if o.kind == "agency"]
    if not credits:
        first = origin_of_text(held[0])
        return Origin(first.key, first.name, first.kind, f"{first.why}, the first to print it")
    counts = sorted({o.key for o in credits}, key=lambda k: (-sum(o.key == k for o in credits), k))
    return next(o for o in credits if o.key == counts[0])


def share_of(document: str, members: Iterable[str], overlaps: Iterable[Overlap]) -> float:
    """Most of a document's words that stand in any other of its group."""
    group = set(members)
    shares = [o.share_a if o.a == document else o.share_b for o in overlaps if document in (o.a, o.b) and {o.a, o.b} <= group]
    return max(shares, default=0.0)


def text_origins(documents: Iterable[Document], groups: Iterable[CopyGroup]) -> dict[str, Origin]:
    """Documents and their groups -> document id to origin; a copy has that of its group."""
    found = {d.id: origin_of_text(d) for d in documents}
    for group in groups:
        found |= dict.fromkeys(group.documents, group.origin)
    return found


def voice_of(claim: Claim) -> str:
    """A claim -> whose word it stands on, in words: the innermost source, else the report's own voice."""
    return claim.sources[-1].name if claim.sources else ""


def origin_of_claim(claim: Claim, texts: Mapping[str, Origin]) -> Origin:
    """A claim -> its origin: a named source is its own; an unnamed one is that of the outlet cited, else of the text.

    So two papers that both cite the Foreign Ministry have one origin, as have two that both quote an official from
    Reuters; but officials of two agencies are two.
    """
    text = texts.get(claim.document_id) or Origin(f"document:{claim.document_id}", claim.document, "document", "the document itself")
    if not claim.sources:
        return text
    inner = claim.sources[-1]
    cited = next((o for s in claim.sources if (o := cite_outlet(s))), None)
    if inner.anonymous or is_unnamed(inner):
        base = cited or text
        return Origin(f"{base.key}/unnamed", f"{inner.name}, by {base.name}", base.kind, f"unnamed source of {base.name}", False)
    if found := cite_outlet(inner):
        return found
    return Origin(f"voice:{voice_key(inner.name)}", inner.name, "voice", f"cited: {inner.name}")


def cite_outlet(source: Source) -> Origin | None:
    """A link of the chain of word -> the outlet or agency it names, known to the table or called one by the text."""
    plain = plain_name(source.name)
    if found := agencies().get(plain) or agencies().get(re.sub(r"\W*\b(?:news\s+)?agency\b\W*$", "", plain[:LONGEST_NAME]).strip(" “”\"'")):
        return Origin(found[0], found[1], "agency", f"cited: {source.name}")
    if found := outlets().get(plain):
        return Origin(*found, "outlet", f"cited: {source.name}")
    if source.kind == "media":
        return Origin(f"outlet:{voice_key(source.name)}", source.name, "outlet", f"cited: {source.name}")
    return None


def is_unnamed(source: Source) -> bool:
    """Whether a source has no name of its own: "a second official", "sources in the capital"."""
    return not any(w[:1].isupper() for w in OWN_WORD.sub("", source.name).split())


def voice_key(name: str) -> str:
    """A source's words -> what is equal for its spellings: folded, without article and marks.

    >>> voice_key("the “Northern Observatory”") == voice_key("Northern Observatory")
    True
    """
    plain = re.sub(r"[^\w\s]", " ", ARTICLE.sub("", fold(name)))
    return " ".join(plain.split())
