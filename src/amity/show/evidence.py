"""Claims -> what they amount to: outlets, confidence in a sentence of its own, quotations with their readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amity.records import Claim, Document, Tie
from amity.show.picture import is_named
from amity.show.wording import say_count, wording

# Alignment or warmth (-1 to 1) below which a tie is not said to lean; chosen by hand, a tenth of the half scale.
LEAST_LEAN = 0.1


@dataclass(frozen=True, slots=True)
class Card:
    """One quotation with all that was read from it about one dyad."""

    claims: tuple[Claim, ...]

    @property
    def first(self) -> Claim:
        """The claim that stands for the quotation."""
        return self.claims[0]


@dataclass(frozen=True, slots=True)
class Stance:
    """A standing as often as it is said: the claims that say it, the latest last."""

    claims: tuple[Claim, ...]

    @property
    def latest(self) -> Claim:
        """The claim that is shown for all."""
        return self.claims[-1]


def outlet_of(claim: Claim, documents: Mapping[str, Document]) -> str:
    """A claim -> the outlet that printed it, else the name of its document."""
    document = documents.get(claim.document_id)
    return (document.outlet or document.name) if document else claim.document


# Share of claims that must be expected to be read rightly before many of them make a judgement firm.
RIGHTLY = 0.7


def say_confidence(claims: Sequence[Claim], documents: Mapping[str, Document]) -> str:
    """Claims -> a sentence on how well they carry a judgement, apart from any chance.

    High from five claims of three outlets with no denial, if they are read rightly at seven in ten or more; low where
    one outlet or one claim stands alone, or fewer than two claims can be expected to be read rightly; else moderate: a
    convention of this report, stated in its method. Without documents at hand each counts as an outlet, and is called so.
    """
    if not claims:
        return "Confidence is low: no claim in this report stands behind it."
    outlets = len({outlet_of(c, documents) for c in claims})
    denied = sum(c.status == "denied" for c in claims)
    right = sum(c.confidence for c in claims)
    broad = len(claims) >= 5 and outlets >= 3 and not denied and right >= RIGHTLY * len(claims)
    level = "low" if outlets < 2 or right < 2 else "high" if broad else "moderate"
    parts = f"{say_count(len(claims), 'claim')} from {say_count(outlets, 'outlet' if documents else 'document')}"
    return f"Confidence is {level}: {parts}{f', {denied} denied' if denied else ''}."


def lean_of(tie: Tie) -> int:
    """A tie -> 1 or -1: its sign where the interval decides, else the way it leans by alignment, or else by warmth; 0 for neither.

    Alignment comes first since it asks who stands with whom, which few acts between two parties cannot tell.
    """
    leans = (v for v in (tie.alignment, tie.warmth) if v is not None and abs(v) >= LEAST_LEAN)
    return tie.sign or next((1 if v > 0 else -1 for v in leans), 0)


def say_tie(tie: Tie) -> str:
    """A tie -> its word: warm or cold where the interval leaves zero out, else which way it leans, or open."""
    word = str(wording()["signs"][lean_of(tie)])
    return f"leans {word}" if lean_of(tie) and not tie.sign else word


def say_stand(tie: Tie) -> str:
    """A tie -> how the pair stands in words; where acts alone say so and no interval decides, that it leans so, or is open."""
    if not tie.state:
        return say_tie(tie)
    way = {"friendly": 1, "unfriendly": -1}.get(tie.state)
    if way is None or tie.sign:
        return tie.state
    return f"leans {tie.state}" if lean_of(tie) == way else str(wording()["signs"][0])


def tie_look(tie: Tie) -> str:
    """A tie -> the style classes of what is drawn for it."""
    return ("flat", "pos", "neg")[lean_of(tie)] + (" lean" if lean_of(tie) and not tie.sign else "")


def split_ties(ties: Iterable[Tie]) -> tuple[list[Tie], list[Tie]]:
    """Ties -> those of named parties, and those with an unnamed one; most claims first in each."""
    ranked = sorted(ties, key=lambda t: (-len(t.claims), -t.events, t.a_name, t.b_name, t.a, t.b))
    named = [is_named(t.a) and is_named(t.b) for t in ranked]
    return [t for t, n in zip(ranked, named, strict=True) if n], [t for t, n in zip(ranked, named, strict=True) if not n]


def say_ties(ties: Iterable[Tie]) -> str:
    """Ties -> how many, with those of unnamed parties counted apart.

    >>> say_ties([])
    '0 ties'
    """
    named, unnamed = split_ties(ties)
    if not unnamed:
        return say_count(len(named), "tie")
    return f"{say_count(len(named), 'tie')} of named parties, {len(unnamed):,} with unnamed ones"


def count_words(claims: Iterable[Claim]) -> list[tuple[str, int]]:
    """Claims -> how many of each status, most first."""
    return sorted(Counter(c.status for c in claims).items(), key=lambda kv: (-kv[1], kv[0]))


def group_cards(claims: Iterable[Claim]) -> list[Card]:
    """Claims in order -> cards in the order of their first claim, one for each quotation."""
    groups: dict[tuple[str, int, int], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.document_id, claim.start, claim.end), []).append(claim)
    return [Card(tuple(g)) for g in groups.values()]


def choose_cards(cards: Sequence[Card], wanted: int, evidence: frozenset[str]) -> tuple[list[Card], list[Claim]]:
    """Cards in order of time -> at most `wanted`, newest first, and the claims of the rest.

    Evidence of changes comes before all, then the newest.
    """
    rank = sorted(range(len(cards)), key=lambda i: (not any(c.id in evidence for c in cards[i].claims), -i))
    chosen = set(rank[:wanted])
    shown = [card for i, card in enumerate(cards) if i in chosen][::-1]
    return shown, [claim for i, card in reversed(list(enumerate(cards))) if i not in chosen for claim in card.claims]


def tells_stance(claim: Claim) -> bool:
    """Whether a standing tells more than that a side stands with an unnamed part of itself ("its allies")."""
    other = claim.recipient
    return not other or claim.actor.side_id != other.side_id or (is_named(claim.actor.id) and is_named(other.id))


def group_stances(claims: Iterable[Claim]) -> dict[str, list[Stance]]:
    """Claims -> standings by kind, each pair once: named parties first, then the most often said.

    A side and an unnamed part of itself are left out; such claims stand with those that have no counterpart.
    """
    groups: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.kind == "standing" and tells_stance(claim):
            key = (claim.type, claim.actor.id, claim.recipient.id if claim.recipient else "")
            groups.setdefault(key, []).append(claim)
    kinds: dict[str, list[Stance]] = {}
    for key, said in sorted(groups.items(), key=lambda kv: (kv[0][0], not all(map(is_named, filter(None, kv[0][1:]))), -len(kv[1]), kv[0])):
        kinds.setdefault(key[0], []).append(Stance(tuple(said)))
    return kinds
