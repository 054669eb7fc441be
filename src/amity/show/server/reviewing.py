"""What waits for a person's decision, and the judgement rows that a decision makes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from amity.errors import BadInput, NotFound
from amity.records import Claim, Judgement
from amity.show.picture import claim_order
from amity.show.server.desk import Desk, View
from amity.show.wording import wording

DECIDED = ("accept", "reject")
CLAIM_VERDICTS = (*DECIDED, "fix", "undo")
PAIR_VERDICTS = ("same", "different", "unsure", "undo")
# What a fix may name of a claim; it stands in the reason of the row as JSON, so that training can read it.
FIXABLE = ("type", "status", "actor", "recipient")


@dataclass(frozen=True, slots=True)
class Queue:
    """Claims in the order of review, those decided about, where each stands, and the newest decision of this judge."""

    ordered: Sequence[Claim]
    places: Mapping[str, int]
    settled: frozenset[str]
    last: Judgement | None

    @property
    def waiting(self) -> Iterator[Claim]:
        """Claims that nobody has decided about, the most pressing first."""
        return (c for c in self.ordered if c.id not in self.settled)

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self.ordered) - sum(about in self.places for about in self.settled)

    def next_after(self, id: str) -> Claim | None:
        """The first that waits behind a claim, or from the front on; None where none waits."""
        behind = (c for c in islice(self.ordered, self.places.get(id, -1) + 1, None) if c.id not in self.settled)
        return next(behind, None) or next(self.waiting, None)


def last_verdicts(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """Judgements, oldest first -> the last one about each record."""
    return {j.about: j for j in judgements}


def list_waiting(desk: Desk) -> Queue:
    """A desk -> its queue: evidence of a turn first, since a report opens on it, then the least surely read."""
    view = desk.view()
    ordered, places = desk.keep(("queue",), lambda: order_claims(view), view.state)
    rows = desk.ledger.judgements()
    last = last_verdicts(rows)
    # A rejected claim is in no picture, so decisions are counted by their rows.
    settled = frozenset(about for about, j in last.items() if j.verdict in DECIDED)
    mine = [j for j in last.values() if j.verdict in DECIDED and j.who == desk.options.who and ":" not in j.about and " " not in j.about]
    newest = max(mine, key=lambda j: j.when, default=None)
    return Queue(ordered, places, settled, newest)


def order_claims(view: View) -> tuple[list[Claim], dict[str, int]]:
    """A view -> its claims, the most pressing first, and where each stands."""
    behind = {i for c in view.picture.changes for i in c.claims}
    ordered = sorted(view.picture.claims, key=lambda c: (c.id not in behind, c.confidence, claim_order(c)))
    return ordered, {c.id: i for i, c in enumerate(ordered)}


def judge_claim(desk: Desk, about: str, verdict: str, why: str, fixed: Mapping[str, str] | None = None) -> list[Judgement]:
    """A claim's whole id and a verdict -> the rows kept. Raises BadInput, or NotFound where there is no such claim.

    A fix says what the claim should have been, and rejects it as it is: a claim misread counts for nothing.
    Undoing a rejection lets the claim stand again and then opens it for review, so that it is two rows: a row is
    never taken back.
    """
    if verdict not in CLAIM_VERDICTS:
        raise BadInput(f"judging a claim: got {verdict!r}, allowed are {', '.join(CLAIM_VERDICTS)}")
    claim = desk.ledger.claim(about)
    if claim.id != about:
        raise NotFound(f"claim {about!r}: give its whole id")
    earlier = last_verdicts(desk.ledger.judgements(about)).get(about)
    verdicts: Sequence[tuple[str, str]] = [(verdict, why)]
    if verdict == "undo":
        if earlier is None or earlier.verdict not in DECIDED:
            return []
        verdicts = [("accept", "undoes a rejection"), ("undo", why)] if earlier.verdict == "reject" else [("undo", why)]
    if verdict == "fix":
        verdicts = [("fix", say_fix(claim, fixed or {}, why)), ("reject", "fixed by the row before")]
    rows = [Judgement(about, said, desk.options.who, now(), reason) for said, reason in verdicts]
    return [row for row in rows if desk.ledger.judge(row)]


def say_fix(claim: Claim, fixed: Mapping[str, str], why: str) -> str:
    """A claim and what it should say -> JSON of what differs. Raises BadInput where nothing does, or a word is not allowed."""
    told = {"type": claim.type, "status": claim.status, "actor": claim.actor.id, "recipient": claim.recipient.id if claim.recipient else ""}
    changed = {k: v.strip() for k, v in fixed.items() if k in FIXABLE and v.strip() and v.strip() != told[k]}
    words = wording()
    allowed = {"type": words["types"] | words["standings"], "status": words["statuses"]}
    for name, table in allowed.items():
        if name in changed and changed[name] not in table:
            raise BadInput(f"fix of {claim.id}: got {name} {changed[name]!r}, allowed are {', '.join(table)}")
    if not changed:
        raise BadInput(f"fix of {claim.id}: got nothing that differs from what was read; accept it, or name type, status or a party")
    return json.dumps({"fixed": changed, "why": why}, ensure_ascii=False)


def list_labels(desk: Desk) -> Iterator[dict[str, Any]]:
    """A desk -> one row for each claim that was decided: the claim as read, the verdict, and for a fix what it should be."""
    rows = [j for j in desk.ledger.judgements() if j.verdict in (*DECIDED, "fix", "undo")]
    fixes = {j.about: json.loads(j.why) for j in rows if j.verdict == "fix" and j.why.startswith("{")}
    for about, row in last_verdicts(rows).items():
        if row.verdict not in DECIDED or not re.fullmatch("[0-9a-f]{8,}", about):
            continue
        fix = fixes.get(about) if row.verdict == "reject" and row.why == "fixed by the row before" else None
        label = {"verdict": "fix" if fix else row.verdict, "who": row.who, "when": row.when, "why": fix["why"] if fix else row.why}
        yield label | {"fixed": fix["fixed"] if fix else {}, "claim": desk.ledger.claim(about).to_json()}


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
