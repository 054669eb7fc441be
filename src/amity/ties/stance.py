"""What is stated and done between two parties -> their stance in words: the sign, where it is heading, the state.

A tie of a few reports is read from its standings first: "strained allies" is a state of its own, not the
mean of a friend and a foe. `sign` is 0 there: neither still with nor yet against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from amity.records import DatedEvent
from amity.ties.alignment import Aligned
from amity.ties.headings import Heading
from amity.ties.stated import Standing
from amity.ties.votes import act_share, fade_standing

# Standings that make partners, with what one of them weighs; fellow members are partners by half.
PARTNERS = {"ALLIED": 1.0, "PATRON": 1.0, "MEMBER": 0.5}
# What a standing says of the direction: of COURTING that it warms, of STRAINED and DISTANT that it cools.
HEADING = {"COURTING": 1.0, "STRAINED": -1.0, "DISTANT": -0.7}
# Strain stated with at least this weight, and this share of what is stated for the partnership, makes a partner a strained one; so do
# hostile deeds of the last months, in acts of the greatest score.
LEAST_STRAIN, STRAIN_SHARE = 0.3, 0.4
# Alignment nearer to 0 than this has no sign where nothing is told of the two themselves, and only their company speaks. What is told of
# them, however little, decides: of acts that come to .05 to .2 of one of the greatest score the sign is right in 31 of 35 pairs of the
# development reports. How doubtful it is, the interval says, and nothing so near to 0 is shown to lean (`show.evidence.say_stand`).
LEAST_ALIGNMENT = 0.02
# Net weight of acts and standings (in acts of the greatest score) from which a tie warms or cools.
LEAST_HEADING = 0.12
# Acts that tell no direction: a withdrawal leaves a foe in peace or a friend alone; praise, blame, a refusal and aid tell how two
# stand, not that anything turns.
NO_HEADING = {"RETREAT", "ACCUSE", "SUPPORT", "REJECT", "AID"}
# What a quotation that says that relations turn ("restored ties") weighs, in acts of the greatest score. From .8 on the same trends of the
# development reports come out right, below fewer.
SAID_HEADING = 0.8
# Days within which acts are what is new; those before tell what is usual for the pair. Four months.
NEW_DAYS = 120
# Weight of acts of no sign added to the usual ones, so that a pair with no past has no usual sign.
USUAL_PRIOR = 2.0


@dataclass(frozen=True, slots=True)
class Stance:
    """`sign` 1 with, -1 against, 0 neither or strained; `trend` 1 warming, -1 cooling, 0 as ever; `state` in a word or two.

    States: allies, strained allies, patron and client, strained patron and client, fellow members, enemies,
    former partners, courting, mediated, distant, friendly, unfriendly, open.
    """

    sign: int
    trend: int
    state: str


def read_stance(
    aligned: Aligned | None, events: Sequence[DatedEvent], standings: Iterable[Standing], as_of: int, headings: Iterable[Heading] = ()
) -> Stance:
    """The evidence of one pair (events, standings and headings up to a day) and its alignment -> its stance.

    >>> read_stance(None, [], [], 0)
    Stance(sign=0, trend=0, state='open')
    """
    said: dict[str, float] = defaultdict(float)
    for s in sorted(standings, key=lambda s: (s.type, s.weight, s.day)):
        said[s.type] += fade_standing(s, as_of)
    partner = sum(said[kind] * part for kind, part in PARTNERS.items())
    mean = aligned.mean if aligned else 0.0
    strained = said["STRAINED"] >= max(LEAST_STRAIN, STRAIN_SHARE * partner) and said["STRAINED"] > said["HOSTILE"]
    turned = SAID_HEADING * fsum(h.way * h.weight for h in headings if as_of - h.day <= NEW_DAYS)
    least = 0.0 if aligned and aligned.votes else LEAST_ALIGNMENT
    sign = (mean > least) - (mean < -least)
    if strained and (partner > 0.0 or sign > 0):
        return Stance(0, -1, f"strained {_partnership(said)}")
    trend = _trend(events, said, partner, as_of, turned)
    if sign > 0 and partner > 0.0 and _hostile_deeds(events, as_of) >= max(LEAST_STRAIN, STRAIN_SHARE * partner):
        return Stance(0, trend, f"strained {_partnership(said)}")
    return Stance(sign, trend, _state(said, partner, sign))


def _hostile_deeds(events: Sequence[DatedEvent], as_of: int) -> float:
    """Acts of a pair -> the weight of its hostile deeds, words apart, of the last months."""
    return fsum(act_share(e) for e in events if e.quad == 4 and e.score < 0.0 and as_of - e.day <= NEW_DAYS)


def _state(said: dict[str, float], partner: float, sign: int) -> str:
    """The state in words; a stated partnership that acts outweigh is told by the acts."""
    if said["HOSTILE"] > partner:
        return "former partners" if partner > 0.0 else "enemies"
    if partner > 0.0 and sign >= 0:
        return _partnership(said)
    for kind, word in (("COURTING", "courting"), ("MEDIATES", "mediated"), ("DISTANT", "distant")):
        if said[kind] > 0.0 and sign <= 0:
            return word
    return ("unfriendly", "open", "friendly")[sign + 1]


def _partnership(said: dict[str, float]) -> str:
    if said["PATRON"] > said["ALLIED"]:
        return "patron and client"
    return "fellow members" if said["MEMBER"] > said["ALLIED"] else "allies"


def _trend(events: Sequence[DatedEvent], said: dict[str, float], partner: float, as_of: int, turned: float) -> int:
    """Net weight of what is new, less what is usual for the pair, and of what is `turned` by word. Kind acts between partners are usual."""
    stated = turned + sum(said[kind] * part for kind, part in HEADING.items())
    shares: dict[tuple[bool, bool], list[float]] = {(past, kind): [] for past in (False, True) for kind in (False, True)}
    for e in events:
        if e.type not in NO_HEADING:
            shares[as_of - e.day > NEW_DAYS, e.score > 0].append(act_share(e))
    # Exact sums: the order of the acts does not change a bit.
    (bad, kind), (bad_before, kind_before) = ((fsum(shares[past, False]), fsum(shares[past, True])) for past in (False, True))
    usual = (kind_before - bad_before) / (USUAL_PRIOR + kind_before + bad_before)
    surplus = (kind - bad) - usual * (kind + bad)
    heading = stated + (min(surplus, 0.0) if partner > 0.0 and stated <= 0.0 else surplus)
    return (heading > LEAST_HEADING) - (heading < -LEAST_HEADING)
