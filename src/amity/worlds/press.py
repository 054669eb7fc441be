"""An invented press: incidents that several papers tell, some denied by one, some with counts that grow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from amity.records import Claim, Party, When
from amity.worlds.ties import QUAD_SCORE


@dataclass(frozen=True, slots=True)
class Press:
    """Claims of invented incidents; `truth` says to which each belongs, `parted` pairs of claims planted to part and how."""

    claims: tuple[Claim, ...]
    truth: dict[str, int]
    parted: tuple[tuple[str, str, str], ...]


# What papers of an invented world tell of, by type: verb, quad.
TOLD: tuple[tuple[str, str, int], ...] = (
    ("ASSAULT", "shelled", 4), ("MOBILIZE", "massed tanks against", 4), ("COERCE", "detained envoys of", 4),
    ("CONSULT", "held talks with", 1), ("AID", "sent grain to", 2), ("ACCUSE", "accused the ministry of", 3),
)  # fmt: skip


def make_press(seed: int, incidents: int, accounts: int = 4, parties: int = 60) -> Press:
    """Seed and size -> claims of so many accounts of each incident, over ten years, some denied, some grown.

    The last account of every fifth incident denies it (a contradiction), of every seventh gives a count three times as
    large a day later (an update).
    """
    rng = Random(seed)
    names = [invent_name(rng) for _ in range(parties)]
    claims: list[Claim] = []
    truth: dict[str, int] = {}
    parted: list[tuple[str, str, str]] = []
    for i in range(incidents):
        told = tell_incident(rng, i, names, accounts)
        claims += told
        truth |= {c.id: i for c in told}
        if accounts > 1 and i % 5 == 0:
            parted.append((told[0].id, told[-1].id, "contradiction"))
        elif accounts > 1 and i % 7 == 0:
            parted.append((told[0].id, told[-1].id, "update"))
    return Press(tuple(claims), truth, tuple(parted))


def invent_name(rng: Random) -> str:
    """A name that no table knows."""
    parts = [rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(4)]
    return "".join(parts).capitalize() + rng.choice("knrst")


def tell_incident(rng: Random, number: int, names: Sequence[str], accounts: int) -> list[Claim]:
    """One incident as its accounts tell it: the same parties, place and day; the words and the order of them differ."""
    actor, target = rng.sample(list(names), 2)
    kind, verb, quad = rng.choice(TOLD)
    place, day, dead = invent_name(rng), date(2010, 1, 1) + timedelta(days=rng.randrange(3650)), rng.randrange(3, 90)
    found = []
    for j in range(accounts):
        last = j == accounts - 1
        denied, grown = last and number % 5 == 0 and accounts > 1, last and number % 5 != 0 and number % 7 == 0
        count = dead * 3 if grown else dead
        lead = rng.choice(["", "Witnesses said ", "According to local papers, ", "Reports from the border say "])
        act = f"never {verb}" if denied else verb
        tail = rng.choice([f"near {place}", f"outside {place}", f"close to the town of {place}"])
        quote = f"{lead}{actor} {act} {target} {tail} on {day:%B} {day.day}, in which {count} people were killed."
        who, whom = (name_party(n, quote) for n in (actor, target))
        found.append(
            Claim(
                document=f"press-{number}-{j}",
                document_id=f"press-{number}-{j}",
                start=0,
                end=len(quote),
                quote=quote,
                kind="event",
                actor=who,
                recipient=whom,
                type=kind,
                mode=None,
                quad=quad,
                contexts=(),
                score=QUAD_SCORE[quad],
                status="denied" if denied else "reported",
                sources=(),
                date=When(day.isoformat(), day.isoformat(), day.isoformat(), "told"),
                place=place,
                confidence=0.9,
                why=(),
                published=(day + timedelta(days=1 + 2 * grown)).isoformat(),
            )
        )
    return found


def name_party(name: str, quote: str) -> Party:
    """A name in a sentence -> its party, a side of its own."""
    id, start = f"group:{name.lower()}", quote.index(name)
    return Party(id, name, name, id, False, name, start, start + len(name))
