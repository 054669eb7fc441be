"""Claims, their times, and the decisions of people about them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from amity.errors import BadRecord
from amity.records.kinds import ClaimKind, Json, Status, fingerprint
from amity.records.parties import Party, Source


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
        place = (self.document_id, self.start, self.end)
        parts = (*place, self.kind, self.type, self.actor.id, self.actor.start, *other, self.status)
        object.__setattr__(self, "id", fingerprint("claim", *parts))

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
