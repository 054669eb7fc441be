"""Who is cited, what they said, and how reliable the user holds them to be: A to F, unknown is F.

A grade is never computed: it comes from the user's judgement, or from the table of outlets where the user has
filled it in. How a source's claims fared stands beside it, as counts, and changes no grade.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from amity.errors import BadInput
from amity.records import Claim, Json, Judgement, SourceKind, Status

OUTLETS_TABLE = Path(__file__).resolve().parents[1] / "tables" / "outlets.csv"
# The first sign of the Admiralty code, as printed.
RELIABILITY: Mapping[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
UNKNOWN = "F"
VERDICT = "reliability "
# Stretches of a name that are looked up in the table; names are short, text is not to be trusted.
LONGEST = 60
# What is said beside an outlet's name of what it is.
_WHAT = ("news agency", "agency", "newspaper", "daily newspaper", "daily", "tv", "television", "channel", "radio", "website", "magazine")
_MARKS = re.compile(r"[“”\"«»„]")
_TITLES = ("mr", "mrs", "ms", "dr", "mr.", "mrs.", "ms.", "dr.")


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """A source with its claims (ids): grade and why, how its claims stand, and how they fared among other accounts.

    `held` were told by independent others too, `spoken_against` were denied or contradicted, `alone` have no other
    account; counts are None where no accounts were compared.
    """

    key: str
    name: str
    kind: SourceKind
    anonymous: bool
    reliability: str
    basis: str
    claims: tuple[str, ...]
    documents: int
    statuses: tuple[tuple[Status, int], ...]
    held: int | None = None
    spoken_against: int | None = None
    alone: int | None = None

    def to_json(self) -> Json:
        """The sheet as plain values."""
        return asdict(self) | {"claims": list(self.claims), "statuses": dict(self.statuses)}


@cache
def load_outlets() -> Mapping[str, tuple[str, str, str]]:
    """An outlet's names in lower case -> its id, name and grade in the table ("" where none is given)."""
    found: dict[str, tuple[str, str, str]] = {}
    with OUTLETS_TABLE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                found.setdefault(_folded(name), (row["id"], row["name"], row["reliability"]))
    return found


def source_key(name: str, kind: str) -> str:
    """A source's words and kind -> the key it is graded under: an outlet's id, else kind and words.

    >>> source_key("Russia's Sputnik news agency", "media"), source_key("Two officials", "anonymous")
    ('outlet:sputnik', 'anonymous:two officials')
    """
    if kind not in ("media", "paper"):
        return f"{kind}:{_folded(name)}"
    outlet = find_outlet(name)
    return outlet[0] if outlet else f"{kind}:{_bare(name)}"


def find_outlet(name: str) -> tuple[str, str, str] | None:
    """Words that name an outlet -> its row (id, name, grade): the words themselves, without what it is, or the longest name in them."""
    folded = _folded(name)
    found = load_outlets().get(folded) or load_outlets().get(_bare(name))
    words = folded.split()
    spans = sorted(((a, b) for a in range(len(words)) for b in range(a + 1, len(words) + 1)), key=lambda s: s[0] - s[1])
    inside = (load_outlets().get(" ".join(words[a:b])) for a, b in spans[:LONGEST]) if "'s" in folded or "news" in words else ()
    return found or next((row for row in inside if row), None)


def _bare(name: str) -> str:
    """An outlet's words without what it is: "Fars news agency" is Fars."""
    folded = _folded(name)
    return next((folded.removesuffix(f" {w}") for w in _WHAT if folded.endswith(f" {w}")), folded)


def _folded(name: str) -> str:
    words = _MARKS.sub("", name.casefold().replace("’", "'")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def check_grade(grade: str) -> str:
    """A letter -> itself in upper case; Raises BadInput for others."""
    if grade.upper() not in RELIABILITY:
        raise BadInput(f"grade: got {grade!r}, allowed is {', '.join(f'{k} ({v})' for k, v in RELIABILITY.items())}")
    return grade.upper()


def grade_of(key: str, name: str, judgements: Iterable[Judgement]) -> tuple[str, str]:
    """A source -> its grade and whose it is: the user's last judgement, else the table's, else F."""
    mine = [j for j in judgements if j.about == f"source:{key}" and j.verdict.startswith(VERDICT)]
    if mine:
        last = mine[-1]
        return last.verdict.removeprefix(VERDICT), f"{last.who}, {last.when[:10]}{': ' + last.why if last.why else ''}"
    told = next((grade for id_, _, grade in load_outlets().values() if id_ == key and grade), "")
    return (told, "table of outlets") if told else (UNKNOWN, "nobody has graded it")


def read_grades(path: Path, who: str, when: str) -> Iterator[Judgement]:
    """A CSV file with the columns name, kind (default media), reliability, why -> a judgement a row.

    Raises BadInput with file and line where a column is missing or a grade is none.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = {"name", "reliability"} - set(reader.fieldnames or ())
        if missing:
            raise BadInput(f"{path}: got no column {sorted(missing)[0]!r}, allowed are name, kind, reliability, why")
        for number, row in enumerate(reader, 2):
            try:
                grade = check_grade(row["reliability"] or "")
            except BadInput as error:
                raise BadInput(f"{path}:{number}: {error}") from None
            key = source_key(row["name"] or "", row.get("kind") or "media")
            yield Judgement(f"source:{key}", VERDICT + grade, who, when, row.get("why") or "")


def gather_sources(
    claims: Iterable[Claim], outlets: Mapping[str, str], judgements: Sequence[Judgement], credibility: Mapping[str, int] | None = None
) -> list[SourceSheet]:
    """Claims -> a sheet for everyone on whose word they stand, those with most claims first.

    `outlets` gives a document's own outlet by its id, which stands behind every claim of it; `credibility` is the
    second sign (1-6) by claim, where accounts have been compared.
    """
    held: dict[str, dict[str, Claim]] = {}
    faces: dict[str, tuple[str, SourceKind, bool]] = {}
    for claim in claims:
        for name, kind, anonymous in _sources_of(claim, outlets.get(claim.document_id, "")):
            key = source_key(name, kind)
            outlet = find_outlet(name) if key.startswith("outlet:") else None
            faces.setdefault(key, (outlet[1] if outlet else name, kind, anonymous))
            held.setdefault(key, {})[claim.id] = claim
    _join_surnames(held, faces)
    sheets = [_sheet(key, *faces[key], list(held[key].values()), judgements, credibility) for key in held]
    return sorted(sheets, key=lambda s: (-len(s.claims), s.name.casefold()))


def _join_surnames(held: dict[str, dict[str, Claim]], faces: Mapping[str, tuple[str, SourceKind, bool]]) -> None:
    """ "Mr Gerges" goes with "Fawaz Gerges" where one such person alone is cited; in place."""
    people = {key: key.partition(":")[2].split() for key in held if faces[key][1] in ("person", "official") and not faces[key][2]}
    for key, words in people.items():
        bare = words[1:] if words[0] in _TITLES else words
        fuller = [k for k, w in people.items() if len(bare) == 1 < len(w) and w[-1] == bare[0] and w[0] not in _TITLES]
        if len(fuller) == 1:
            held[fuller[0]] |= held.pop(key)


def _sources_of(claim: Claim, outlet: str) -> Iterator[tuple[str, SourceKind, bool]]:
    if outlet:
        yield outlet, "paper", False
    for source in claim.sources:
        yield source.name, source.kind, source.anonymous


def _sheet(  # noqa: PLR0913 - the parts of one record
    key: str,
    name: str,
    kind: SourceKind,
    anonymous: bool,
    claims: Sequence[Claim],
    judgements: Sequence[Judgement],
    credibility: Mapping[str, int] | None,
) -> SourceSheet:
    grade, basis = grade_of(key, name, judgements)
    fared = [credibility.get(c.id, 6) for c in claims] if credibility is not None else None
    return SourceSheet(
        key,
        name,
        kind,
        anonymous,
        grade,
        basis,
        tuple(c.id for c in claims),
        len({c.document_id for c in claims}),
        tuple(Counter(c.status for c in claims).most_common()),
        None if fared is None else sum(v in (1, 2) for v in fared),
        None if fared is None else sum(v in (4, 5) for v in fared),
        None if fared is None else sum(v in (3, 6) for v in fared),
    )
