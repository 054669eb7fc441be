"""The nouns of the house: every record that passes from one room to the next.

All are frozen and slotted. Offsets are code points of the document's stored text, first closed, last
open. Days are ISO text (`2018-06-04`); times of events are EDTF text with both bounds as days. Identity
is a hash of content (`fingerprint`), so the same input gives the same ids on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from amity.errors import BadRecord

Json = dict[str, Any]
ClaimKind = Literal["event", "standing"]
Status = Literal["reported", "denied", "rumoured", "planned", "threatened", "requested", "hypothetical"]
STATUSES: tuple[Status, ...] = ("reported", "denied", "rumoured", "planned", "threatened", "requested", "hypothetical")
SourceKind = Literal["person", "body", "anonymous", "official", "media", "document", "social", "paper"]
MentionKind = Literal["name", "demonym", "office", "noun", "pronoun", "implied"]
CutReason = Literal[
    "read_more_list",
    "author_box",
    "question_spam",
    "caption",
    "share_line",
    "repeated_title",
    "repeated_teaser",
    "page_furniture",
    "machine_notice",
    "byline",
    "date_line",
    "unverified_notice",
]


def fingerprint(*parts: object) -> str:
    """Parts -> 16 hexadecimal digits that name them; parts are told apart, so ("ab",) is not ("a", "b")."""
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a document's text that is kept but not read, with the reason."""

    start: int
    end: int
    reason: CutReason
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise BadRecord(f"cut {self.start}-{self.end}: got an empty or backward stretch, allowed is start < end")


@dataclass(frozen=True, slots=True)
class Document:
    """One report as read: its stored text never changes, what is not read is cut by place.

    `name` is how the user knows it (file name, or `file.jsonl:12`), `published` EDTF text or None with
    `published_basis` the words or field it was taken from; `warnings` are calendar and form conflicts.
    """

    name: str
    text: str
    format: str
    url: str = ""
    title: str = ""
    outlet: str = ""
    published: str | None = None
    published_basis: str = ""
    cuts: tuple[Cut, ...] = ()
    warnings: tuple[str, ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", fingerprint("document", self.name, self.url, self.text))
        for cut in self.cuts:
            if cut.end > len(self.text):
                raise BadRecord(f"{self.name}: got a cut to {cut.end}, allowed is at most {len(self.text)}")

    def cut_at(self, start: int, end: int) -> Cut | None:
        """The first cut that overlaps the stretch, if any."""
        return next((c for c in self.cuts if c.start < end and start < c.end), None)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file or line that gave no document: where, why, and what to do about it."""

    name: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence before it is analysed: its place, its paragraph, and whether it is a heading."""

    start: int
    end: int
    text: str
    paragraph: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One token: place in the document, universal part of speech, Penn tag, head index (-1 the root)."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    tag: str
    head: int
    rel: str


@dataclass(frozen=True, slots=True)
class Name:
    """A span of words [first, last) that names a PER, LOC or ORG."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words and tree; `children[i]` are the indices that hang on word i."""

    document: str
    index: int
    start: int
    end: int
    text: str
    paragraph: int
    heading: bool
    words: tuple[Word, ...]
    names: tuple[Name, ...]
    children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                below[word.head].append(word.index)
        object.__setattr__(self, "children", tuple(tuple(b) for b in below))

    @property
    def root(self) -> int:
        """Index of the root word, -1 in an empty sentence."""
        return next((w.index for w in self.words if w.head < 0), -1)

    def kids(self, index: int, *rels: str) -> list[int]:
        """Children by relation; `nsubj` also takes `nsubj:pass`, `nsubj:pass` only itself; none named takes all."""
        return [k for k in self.children[index] if not rels or is_rel(self.words[k].rel, *rels)]

    def subtree(self, index: int) -> list[int]:
        """The word and all below it, in order of text."""
        found, stack = [], [index]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(self.children[i])
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """Heads from the word's own up to the root."""
        i = self.words[index].head
        while i >= 0:
            yield i
            i = self.words[i].head

    def words_text(self, first: int, last: int) -> str:
        """Text of words [first, last), as it stands in the document."""
        return self.text[self.words[first].start - self.start : self.words[last - 1].end - self.start]


def is_rel(rel: str, *wanted: str) -> bool:
    """Whether a relation is one of those wanted, or a subtype of one.

    >>> is_rel("nsubj:pass", "nsubj"), is_rel("nsubj", "nsubj:pass")
    (True, False)
    """
    return any(rel == w or rel.startswith(w + ":") for w in wanted)


@dataclass(frozen=True, slots=True)
class Actor:
    """A party: `side` is the state or body it acts for (itself for a state), `sector` its kind of work.

    Ids: `state:SYR`, `group:hezbollah`, `body:un`, `org:irgc`, `person:...`, `unknown:...`.
    """

    id: str
    name: str
    side_id: str
    side: str
    sector: str
    known: bool = True
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Words [first, last) of a sentence that stand for a party; `why` says by which rule.

    `place` is true where the words name a place and no party acts ("in Damascus"). An unresolved pronoun
    has no actor.
    """

    sentence: int
    first: int
    last: int
    head: int
    text: str
    kind: MentionKind
    actor: Actor | None
    why: str
    place: bool = False


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """What events/ reads in a sentence: who did what to whom (or how two parties stand), not yet on whose word.

    `predicate` is the word that carries the act; `status_hint` is set where the codebook's frame itself
    decides the status ("agreed to withdraw"); `why` lists predicate, path and rule.
    """

    sentence: int
    kind: ClaimKind
    type: str
    actor: Mention
    recipient: Mention | None
    predicate: int
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status_hint: Status | None = None
    over: str | None = None
    place: str | None = None
    confidence: float = 1.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """Why a sentence, or a predicate in it, gave no claim: the rule and what was missing."""

    sentence: int
    rule: str
    missing: str


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as a claim names it; `words` are those of the text, with their place."""

    id: str
    name: str
    side: str
    side_id: str
    anonymous: bool
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """One link of the chain of word: who said it, what kind of source, whether unnamed."""

    name: str
    kind: SourceKind
    anonymous: bool


@dataclass(frozen=True, slots=True)
class When:
    """A time: EDTF text, first and last possible day, and the words or rule it rests on."""

    edtf: str
    earliest: str
    latest: str
    basis: str

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise BadRecord(f"time {self.edtf!r}: got bounds {self.earliest}..{self.latest}, allowed is earliest <= latest")


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of the ledger: a quotation, what it says of two parties, on whose word, how it stands.

    `document[start:end] == quote` always. `quad` (1-4) and `score` (-10..10) are None for a standing.
    `maker` names the version of rules and model that read it.
    """

    document: str
    document_id: str
    start: int
    end: int
    quote: str
    kind: ClaimKind
    actor: Party
    recipient: Party | None
    type: str
    mode: str | None
    quad: int | None
    contexts: tuple[str, ...]
    score: float | None
    status: Status
    sources: tuple[Source, ...]
    date: When | None
    place: str | None
    confidence: float
    why: tuple[str, ...]
    over: str | None = None
    published: str | None = None
    maker: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.quote):
            raise BadRecord(f"claim in {self.document}: got a quote of {len(self.quote)} for {self.start}-{self.end}")
        if not 0.0 <= self.confidence <= 1.0:
            raise BadRecord(f"claim in {self.document}: got confidence {self.confidence}, allowed is 0 to 1")
        other = (self.recipient.id, self.recipient.start) if self.recipient else ("", -1)
        object.__setattr__(
            self,
            "id",
            fingerprint(
                "claim", self.document_id, self.start, self.end, self.kind, self.type, self.actor.id, self.actor.start, *other, self.status
            ),
        )

    def to_json(self) -> Json:
        """The claim in the shape of the JSON Lines contract."""
        out = asdict(self)
        for key in ("contexts", "sources", "why"):
            out[key] = list(out[key])
        return out

    @classmethod
    def from_json(cls, row: Json) -> Claim:
        """The inverse of `to_json`; Raises BadRecord where a field is missing."""
        try:
            values = {k: row[k] for k in cls.__dataclass_fields__ if k != "id"}
        except KeyError as missing:
            raise BadRecord(f"claim {row.get('id', '?')}: got no field {missing}, see the contract in docs/claims.md") from None
        values["actor"] = Party(**row["actor"])
        values["recipient"] = Party(**row["recipient"]) if row["recipient"] else None
        values["date"] = When(**row["date"]) if row["date"] else None
        values["sources"] = tuple(Source(**s) for s in row["sources"])
        values["contexts"], values["why"] = tuple(row["contexts"]), tuple(row["why"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision by a person about a record; nothing is overwritten, the latest stands."""

    about: str
    verdict: str
    who: str
    when: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event row for ties: days since 1970-01-01, quad 1-4, score -10..10, weight 0..1, the claim it rests on."""

    day: int
    actor: str
    recipient: str
    quad: int
    score: float
    weight: float = 1.0
    claim: str = ""


@dataclass(frozen=True, slots=True)
class TiePoint:
    """A dyad on one day: chance that the next event is cooperative, with its 90 % interval."""

    day: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tie:
    """How two parties (a < b by id) stand on a day.

    `warmth` is the propensity to cooperate, -1..1, with a 90 % interval; `alignment` -1..1 is a quantity
    of its own (None where nothing speaks for it); `standings` are those stated; `claims` the rows behind.
    """

    a: str
    b: str
    a_name: str
    b_name: str
    as_of: str
    warmth: float
    low: float
    high: float
    verbal: float | None
    material: float | None
    alignment: float | None
    events: int
    standings: tuple[str, ...]
    series: tuple[TiePoint, ...]
    claims: tuple[str, ...]

    @property
    def sign(self) -> int:
        """1 or -1 where the interval leaves 0 out, else 0 (mixed or unknown)."""
        return 1 if self.low > 0 else -1 if self.high < 0 else 0


@dataclass(frozen=True, slots=True)
class Change:
    """A turn in a tie: day, direction (1 warmer, -1 colder), size in warmth, first evidence."""

    a: str
    b: str
    a_name: str
    b_name: str
    day: str
    direction: int
    size: float
    before: float
    after: float
    claims: tuple[str, ...]
