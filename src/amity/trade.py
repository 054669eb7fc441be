"""Other people's data into a ledger, and a ledger out in other people's forms: what joins the rooms for it."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from amity.pipeline import MAKER
from amity.records import Document, RowBlock, Tie, Unread, fingerprint

if TYPE_CHECKING:
    from amity.exchange import Extract
    from amity.ledger import ClaimFilter, Ledger
    from amity.ties import TieOptions

# Blocks written in one transaction: some ten thousand rows, a fraction of a second, so that a run that is cut off
# loses little and the disk is waited for seldom.
BATCH = 20
# Forms that show ties or turns, which are computed for them alone.
WITH_TIES = frozenset({"gexf", "graphml", "ftm", "stix", "timeline"})
# Bad lines held to be told; all of them are counted and kept in the ledger with their reason.
MOST_TOLD = 20


@dataclass(slots=True)
class Arrival:
    """What an import has done so far: files, lines, events kept, lines known already, bad lines by rule, names not placed."""

    files: int = 0
    file: str = ""
    lines: int = 0
    events: int = 0
    known: int = 0
    bytes_done: int = 0
    bytes_all: int = 0
    bad: Counter[str] = field(default_factory=Counter)
    told: list[tuple[str, int, str]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    unmapped_actors: Counter[str] = field(default_factory=Counter)
    unmapped_codes: Counter[str] = field(default_factory=Counter)

    @property
    def skipped(self) -> int:
        """Lines that gave no event."""
        return sum(self.bad.values())


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The user's mapping file, actor rows and options; `read_at` dates the reading (None: now)."""

    mapping: Path | None = None
    actors: Path | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    read_at: str | None = None


def import_files(ledger: Ledger, kind: str, paths: Sequence[Path], options: ImportOptions | None = None) -> Iterator[Arrival]:
    """Files of a kind into the ledger -> the state of the import after each transaction; the last one is the whole.

    Repeating it adds nothing; after a break it goes on where it stopped. Raises BadInput for a kind, file, head or
    mapping that cannot be used.
    """
    from amity.actors import load_actors
    from amity.exchange import Given, Namer, code_file, find_files, make_dialect

    options = options or ImportOptions()
    files = find_files(list(paths))
    given = Given(Namer(load_actors(options.actors)), files, options.mapping, options.options)
    dialect = make_dialect(kind, given)
    maker = f"{MAKER} {kind} {dialect.version} {digest_of(options)}".strip()
    state = Arrival(bytes_all=sum(f.size for f in files))
    for file in files:
        state.files += 1
        state.file = file.name
        before, waiting, characters = state.bytes_done, [], 0
        for step in code_file(file, dialect, kind, maker, ledger.knows):
            state.lines += step.lines
            state.known += step.lines if step.known else 0
            characters += step.characters
            if step.broken:
                state.unread.append(Unread(file.name, step.broken, "fetch the file again and repeat the import"))
            if step.block:
                waiting.append(step.block)
                count_bad(state, file.name, step.block)
            if len(waiting) >= BATCH:
                keep(ledger, state, waiting, options.read_at)
                state.bytes_done = before + min(file.size, characters)
                yield state
        keep(ledger, state, waiting, options.read_at)
        state.bytes_done = before + file.size
        state.unmapped_actors = given.namer.unmapped
        state.unmapped_codes = dialect.unmapped
        yield state
    for unread in state.unread:
        ledger.add_unread(unread)


def digest_of(options: ImportOptions) -> str:
    """What the user gave beside the files, as digits: other mappings and actors make another reading."""
    given = [p.read_bytes() for p in (options.mapping, options.actors) if p]
    return fingerprint("given", *given, *sorted(options.options.items()))[:8] if given or options.options else ""


def keep(ledger: Ledger, state: Arrival, waiting: list[RowBlock], read_at: str | None) -> None:
    """Write the blocks that wait, in one transaction."""
    if waiting:
        state.events += sum(a.claims for a in ledger.add_rows(waiting, read_at))
        waiting.clear()


def count_bad(state: Arrival, file: str, block: RowBlock) -> None:
    """Count the bad lines of a block by rule, and hold the first to be told."""
    for bad in block.bad:
        state.bad[bad.rule] += 1
        if len(state.told) < MOST_TOLD:
            state.told.append((file, bad.line, f"{bad.rule}: {bad.detail}"))


def export_ledger(ledger: Ledger, kind: str, out: Path, wanted: ClaimFilter | None = None, title: str = "") -> int:
    """What fits a filter, written to a file in one of the forms -> how many things were written.

    CSV gets its codebook beside it. The file appears when it is whole. Raises BadInput for a kind there is not.
    """
    from amity.exchange import find_export

    write = find_export(kind)
    extract = take_extract(ledger, kind, wanted, title)
    half = out.with_name(out.name + ".part")
    with half.open("wb") as stream:
        count = write(extract, stream)
    half.replace(out)
    if kind == "csv":
        from amity.exchange.exports.tables import codebook_lines

        out.with_name(out.stem + ".codebook.csv").write_text("\r\n".join(codebook_lines()) + "\r\n", encoding="utf-8")
    return count


def take_extract(ledger: Ledger, kind: str, wanted: ClaimFilter | None = None, title: str = "") -> Extract:
    """A ledger and a filter -> what exporters are given; ties and turns only for the forms that show them."""
    from amity.exchange import Extract
    from amity.ledger import ClaimFilter
    from amity.ties import compute_ties, find_changes

    wanted = wanted or ClaimFilter()
    shows = kind in WITH_TIES
    held = list(ledger.claims(wanted)) if shows else []
    day = wanted.published_by
    ties = tuple(compute_ties(held, day)) if shows else ()
    turns = tuple(c for c in find_changes(held) if not day or c.day <= day) if kind == "timeline" else ()
    stamp = ledger.stats().last_read or "1970-01-01T00:00:00.000000Z"
    made_at = stamp[:23] + "Z"
    claims = (lambda: iter(held)) if shows else (lambda: ledger.claims(wanted))
    return Extract(claims, lambda: cited_documents(ledger, wanted), ties, turns, title or "Who stands with whom", made_at, MAKER)


def cited_documents(ledger: Ledger, wanted: ClaimFilter) -> Iterator[Document]:
    """The documents that the claims of a filter quote, each once, in the order in which they are quoted."""
    seen: set[str] = set()
    for claim in ledger.claims(wanted):
        if claim.document_id not in seen:
            seen.add(claim.document_id)
            yield ledger.document(claim.document_id)


@contextmanager
def holding_many() -> Iterator[None]:
    """Stop Python's search for cycles while millions of records without any are made: it takes a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def find_ties(ledger: Ledger, as_of: str | None = None, wanted: ClaimFilter | None = None, options: TieOptions | None = None) -> list[Tie]:
    """How the parties of a ledger stand on a day, of claims within the clocks of `wanted`.

    A ledger of imported rows alone is answered from its columns, the fast way: a million rows in seconds.
    """
    from amity.ledger import ClaimFilter
    from amity.ties import compute_ties, compute_ties_from_events

    wanted = wanted or ClaimFilter(published_by=as_of)
    if not ledger.holds_read_claims():
        with holding_many():
            events, names = ledger.events(wanted)
            if events:
                return compute_ties_from_events(events, as_of, options, names)
    return compute_ties(ledger.claims(wanted), as_of, options)
