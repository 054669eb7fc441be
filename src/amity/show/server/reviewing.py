"""What waits for a person's decision, and the judgement rows that a decision makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from amity.errors import BadInput, NotFound
from amity.records import Claim, Judgement
from amity.show.picture import claim_order
from amity.show.server.desk import Desk

DECIDED = ("accept", "reject")
CLAIM_VERDICTS = (*DECIDED, "undo")
PAIR_VERDICTS = ("same", "different", "unsure", "undo")


@dataclass(frozen=True, slots=True)
class Queue:
    """Claims that nobody has decided about, the most pressing first, and how many are decided."""

    waiting: tuple[Claim, ...]
    decided: int


def last_verdicts(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """Judgements, oldest first -> the last one about each record."""
    return {j.about: j for j in judgements}


def list_waiting(desk: Desk) -> Queue:
    """A desk -> its queue: evidence of a turn first, since a report opens on it, then the least surely read."""
    view = desk.view()
    last = last_verdicts(desk.ledger.judgements())
    behind = {i for c in view.picture.changes for i in c.claims}
    waiting = [c for c in view.picture.claims if c.id not in last or last[c.id].verdict not in DECIDED]
    waiting.sort(key=lambda c: (c.id not in behind, c.confidence, claim_order(c)))
    # A rejected claim is in no picture, so decisions are counted by their rows.
    return Queue(tuple(waiting), sum(j.verdict in DECIDED for j in last.values()))


def judge_claim(desk: Desk, about: str, verdict: str, why: str) -> list[Judgement]:
    """A claim's whole id and a verdict -> the rows kept. Raises BadInput, or NotFound where there is no such claim.

    Undoing a rejection lets the claim stand again and then opens it for review, so that it is two rows: a row is
    never taken back.
    """
    if verdict not in CLAIM_VERDICTS:
        raise BadInput(f"judging a claim: got {verdict!r}, allowed are {', '.join(CLAIM_VERDICTS)}")
    if desk.ledger.claim(about).id != about:
        raise NotFound(f"claim {about!r}: give its whole id")
    earlier = last_verdicts(desk.ledger.judgements(about)).get(about)
    verdicts: Sequence[tuple[str, str]] = [(verdict, why)]
    if verdict == "undo":
        if earlier is None or earlier.verdict not in DECIDED:
            return []
        verdicts = [("accept", "undoes a rejection"), ("undo", why)] if earlier.verdict == "reject" else [("undo", why)]
    rows = [Judgement(about, said, desk.options.who, now(), reason) for said, reason in verdicts]
    return [row for row in rows if desk.ledger.judge(row)]


def judge_pair(desk: Desk, ends: tuple[str, str], verdict: str, why: str) -> list[Judgement]:
    """Two actors and a verdict -> the row kept. Raises BadInput where the verdict or one of the actors is unknown."""
    if verdict not in PAIR_VERDICTS or desk.options.judge_pair is None:
        raise BadInput(f"judging two actors: got {verdict!r}, allowed are {', '.join(PAIR_VERDICTS)}")
    known = {p.id for c in desk.view().picture.claims for p in (c.actor, c.recipient) if p}
    strange = [end for end in ends if end not in known]
    if strange:
        raise NotFound(f"judging two actors: got {strange[0]!r}, which no claim names")
    row = desk.options.judge_pair(*ends, verdict, desk.options.who, now(), why)
    return [row] if desk.ledger.judge(row) else []


def now() -> str:
    """The clock, fine enough that two decisions in one second keep their order."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
