"""What a large ledger keeps beside its claims, so that a pair and the changes since a day are answered at once.

The claims stay the truth. What is kept bears a mark of what it was computed from; a question first brings it forward by the
pairs that were touched since. A ledger that keeps nothing, or holds imported rows, is answered from its claims as ever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from amity.errors import BadInput, LedgerError
from amity.records import Change, Claim, Tie

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from amity.ledger import Ledger
    from amity.ledger.keeping import KeptPair, KeptParty, Mark, PairReader
    from amity.ties.kept import Company, PairState
    from amity.ties.votes import Pair

Answer = TypeVar("Answer")
# Times that a question brings forward what is kept before it is answered from the claims: others may be writing all the while.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """What bringing forward did: pairs computed anew, and pairs kept in all."""

    computed: int
    pairs: int


def keep(ledger: Ledger, anew: bool = False, tell: Callable[[int, int], None] = lambda done, of: None) -> Kept:
    """Make what is kept, or bring it forward to all that the ledger holds; `anew` throws it away first.

    Claims are read on one state of the ledger while others write; `tell` hears how many pairs of how many are done.
    Raises BadInput for a ledger with imported rows, LedgerError where it cannot be written.
    """
    from amity.ledger import keeping
    from amity.ties.kept import digest_rules

    rules = digest_rules()
    with ledger.store.reading() as connection:
        if not keeping.can_be_kept(connection):
            raise BadInput("ledger: holds imported rows, allowed are claims read from texts; imported ties are computed by `amity ties`")
        found = keeping.find_mark(connection)
        before = found[0] if found and not anew and found[0].rules == rules else None
        now = keeping.mark_now(connection, rules)
        if before == now:
            return Kept(0, sum(1 for _ in keeping.kept_voices(connection)))
        pairs = sorted(keeping.find_pairs(connection, before))
        reader = keeping.PairReader(connection)
        states: dict[Pair, PairState | None] = {}
        for done, pair in enumerate(pairs):
            states[pair] = compute_pair(reader, pair)
            tell(done + 1, len(pairs))
        company = gather_company(connection, states, before)
    with ledger.store.writing() as connection:
        if keeping.find_mark(connection) == found:
            keeping.make_tables(connection)
            keeping.write_pairs(connection, {pair: pack_pair(state) for pair, state in states.items()}, before is None)
            keeping.write_company(connection, pack_company(company), now, company.at)
        return Kept(len(pairs), sum(1 for _ in keeping.kept_voices(connection)))


def drop(ledger: Ledger) -> None:
    """Throw away what is kept; the ledger answers from its claims again."""
    from amity.ledger import keeping

    with ledger.store.writing() as connection:
        keeping.drop_tables(connection)


def compute_pair(reader: PairReader, pair: Pair) -> PairState | None:
    """What is kept of one pair, from its claims and those of the documents that date them."""
    from amity.ties.kept import sum_up, undated_documents

    claims = reader.between(*pair)
    undated = undated_documents(claims)
    return sum_up(pair, [*claims, *reader.of_documents(undated)] if undated else claims)


def gather_company(connection: Connection, states: dict[Pair, PairState | None], before: Mark | None) -> Company:
    """Pairs computed now, and with a mark those that were kept -> what all of them together say."""
    from amity.ledger import keeping
    from amity.ties.kept import pool_states, read_voices

    voices = {pair: state.voices for pair, state in states.items() if state}
    days = [state.last for state in states.values() if state]
    names: dict[str, dict[str, int]] = {}
    count_names(names, (row for state in states.values() if state for row in state.names))
    for pair, last, told, named in keeping.kept_voices(connection) if before else ():
        if pair not in states:
            voices[pair] = read_voices(told)
            days.append(last)
            count_names(names, json.loads(named))
    return pool_states(voices, names, max(days, default=0))


def count_names(names: dict[str, dict[str, int]], rows: Iterable[tuple[str, str, int]]) -> None:
    """Add (party, name, times) to the counts."""
    for party, name, count in rows:
        held = names.setdefault(party, {})
        held[name] = held.get(name, 0) + count


def pack_pair(state: PairState | None) -> KeptPair | None:
    """A pair's state -> as it is written."""
    from amity.ledger.keeping import KeptPair
    from amity.ties.kept import write_change, write_evidence, write_voices

    if state is None:
        return None
    changes = tuple((change.day, write_change(change)) for change in state.changes)
    return KeptPair(state.last, write_voices(state.voices), json.dumps(state.names), write_evidence(state.evidence), changes)


def pack_company(company: Company) -> Iterable[KeptParty]:
    """What all pairs together say -> the parties as they are written."""
    from amity.ledger.keeping import KeptParty
    from amity.ties.kept import vote_rows

    votes, index = vote_rows(company), company.alignments.index
    for party in sorted({*company.names, *company.alignments.parties}):
        place = index.get(party)
        said = [] if place is None else company.alignments.company[place].tolist()
        yield KeptParty(party, company.names.get(party, party), place, json.dumps(votes.get(party, {})), json.dumps(said))


def find_tie(ledger: Ledger, a: str, b: str) -> list[Tie] | None:
    """Two sides by their ids -> their tie as `compute_ties` of all claims gives it, [] where nothing counts between them.

    None where the ledger keeps nothing, or what it keeps cannot be brought forward.
    """
    from amity.ledger import keeping
    from amity.ties.kept import company_of_pair, load_evidence, tie_of_pair

    pair = (a, b) if a < b else (b, a)

    def answer(connection: Connection, at: int) -> list[Tie]:
        told = keeping.kept_evidence(connection, *pair)
        first, second = (keeping.kept_party(connection, id) for id in pair)
        if not told or not first or not second:
            return []
        vote = json.loads(first.votes).get(second.id)
        said = None if first.place is None or second.place is None else json.loads(first.company)[second.place]
        company = company_of_pair(pair, at, {first.id: first.name, second.id: second.name}, tuple(vote) if vote else None, said)
        return [tie_of_pair(pair, load_evidence(told), company)]

    return ask(ledger, answer)


def find_changes(ledger: Ledger, since: str | None = None) -> list[Change] | None:
    """The changes on or after a day, month or year, as `amity.ties.find_changes` of all claims gives them; None as `find_tie`."""
    from amity.ledger import keeping
    from amity.ties.days import day_text, first_day_of
    from amity.ties.kept import name_changes, read_change

    start = day_text(first_day_of(since, "since")) if since else ""

    def answer(connection: Connection, at: int) -> list[Change]:
        found = [read_change(record) for record in keeping.kept_changes(connection, start)]
        return name_changes(found, keeping.kept_names(connection, {party for c in found for party in (c.a, c.b)}))

    return ask(ledger, answer)


def cited_claims(ledger: Ledger, changes: Iterable[Change]) -> list[Claim]:
    """The claims that changes name as their first evidence."""
    from amity.ledger import keeping

    with ledger.store.reading() as connection:
        return keeping.PairReader(connection).of_ids({id for change in changes for id in change.claims})


def ask(ledger: Ledger, answer: Callable[[Connection, int], Answer]) -> Answer | None:
    """Bring forward what is kept, and answer from it on one state of the ledger; None where that cannot be."""
    from amity.ledger import keeping
    from amity.ties.kept import digest_rules

    rules = digest_rules()
    for _ in range(TRIES):
        with ledger.store.reading() as connection:
            found = keeping.find_mark(connection)
            if not found or not keeping.can_be_kept(connection):
                return None
            if found[0] == keeping.mark_now(connection, rules):
                return answer(connection, found[1])
        try:
            keep(ledger)
        except LedgerError:
            return None
    return None
