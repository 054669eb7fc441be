"""The Python face: a ledger that reads, answers in frames, and shows itself in a notebook. docs/python.md is its tour.

Everything is lazy: what a method returns is worked out when it is first looked at.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from html import escape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from amity.ledger import ClaimFilter
from amity.ledger.book import Ledger
from amity.ledger.stores import open_store
from amity.records import Change, Claim, Tie

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from amity.trade import Arrival

T = TypeVar("T")
Row = dict[str, Any]
# Rows shown by a repr, and in a notebook.
SHOWN, SHOWN_HTML = 5, 12
# Code points of a cell shown.
WIDE = 60


class Listing(Generic[T]):
    """Records that can be walked through, counted, sliced and turned into frames; asked for again at every walk.

    >>> numbers = Listing("numbers", lambda: iter([1, 2, 3]), lambda n: {"n": n})
    >>> len(numbers), numbers[0], numbers[1:], numbers.to_dicts()[2]
    (3, 1, [2, 3], {'n': 3})
    """

    def __init__(self, noun: str, walk: Callable[[], Iterator[T]], row: Callable[[T], Row]) -> None:
        self.noun, self._walk, self._row = noun, walk, row

    def __iter__(self) -> Iterator[T]:
        return self._walk()

    @cached_property
    def _count(self) -> int:
        return sum(1 for _ in self._walk())

    def __len__(self) -> int:
        return self._count

    @property
    def _title(self) -> str:
        return f"{len(self)} {self.noun.removesuffix('s') if len(self) == 1 else self.noun}"

    def __bool__(self) -> bool:
        return next(self._walk(), None) is not None

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice) or index < 0:
            return list(self)[index]
        found = list(islice(self, index, index + 1))
        if not found:
            raise IndexError(f"{self.noun}: got index {index}, allowed is below {len(self)}")
        return found[0]

    def to_dicts(self) -> list[Row]:
        """Rows of plain values by column."""
        return [self._row(record) for record in self]

    def to_arrow(self) -> pyarrow.Table:
        """A pyarrow Table; needs `pip install "amity[frames]"`."""
        import pyarrow as pa

        return pa.Table.from_pylist(self.to_dicts())

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame; needs `pip install "amity[frames]"`."""
        import polars as pl

        return pl.DataFrame(self.to_dicts(), infer_schema_length=None)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame; needs `pip install "amity[frames]"`."""
        import pandas as pd

        return pd.DataFrame.from_records(self.to_dicts())

    def __repr__(self) -> str:
        rows = [self._row(record) for record in islice(self, SHOWN)]
        more = len(self) - len(rows)
        lines = [self._title, *("  " + line_of(row) for row in rows), *([f"  ... and {more} more"] if more > 0 else [])]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [self._row(record) for record in islice(self, SHOWN_HTML)]
        heads = [name for name in (rows[0] if rows else {}) if any(row[name] not in (None, "", ()) for row in rows)]
        head = "".join(f"<th>{escape(name)}</th>" for name in heads)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell(row[name]))}</td>" for name in heads) + "</tr>" for row in rows)
        return f"<p><b>{escape(self._title)}</b></p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def cell(value: Any) -> str:
    """A value as a short cell."""
    text = "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"


def line_of(row: Row) -> str:
    """A row as one line: its first values that are not empty."""
    return ", ".join(f"{name} {cell(value)}" for name, value in list(row.items())[:9] if value not in (None, "", ()))


def claim_row(claim: Claim) -> Row:
    """A claim as cells; the columns are those of `amity export csv`."""
    from amity.exchange.exports.tables import row_of

    return row_of(claim)


class Claims(Listing[Claim]):
    """Claims of a ledger; the columns of its frames are those of `amity export csv` and carry PLOVER and CAMEO codes."""

    def to_arrow(self) -> pyarrow.Table:
        """A pyarrow Table whose types do not depend on what is in it."""
        import pyarrow as pa

        from amity.exchange.exports.tables import arrow_batches, arrow_schema

        return pa.Table.from_batches(arrow_batches(self), schema=arrow_schema())

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame by way of Arrow; needs `pip install "amity[frames]"`."""
        import polars as pl

        frame = pl.from_arrow(self.to_arrow())
        assert isinstance(frame, pl.DataFrame)
        return frame

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame by way of Arrow; needs `pip install "amity[frames]"`."""
        return self.to_arrow().to_pandas()

    def __repr__(self) -> str:
        shown = [f"  {c.date.edtf if c.date else '?':<12}{line_of_claim(c)}" for c in islice(self, SHOWN)]
        more = [f"  ... and {len(self) - SHOWN} more"] if len(self) > SHOWN else []
        return "\n".join([self._title, *shown, *more])


def line_of_claim(claim: Claim) -> str:
    """Who did what to whom, and the quotation."""
    other = f" {claim.recipient.name}" if claim.recipient else ""
    return f"{claim.actor.name} {claim.type}{other}: “{cell(claim.quote)}”"


def tie_row(tie: Tie) -> Row:
    """A tie as cells, without its series and claims."""
    left_out = ("series", "claims", "spells")
    values = {name: value for name, value in asdict(tie).items() if name not in left_out}
    return values | {"standings": "; ".join(tie.standings), "sign": tie.sign}


def change_row(change: Change) -> Row:
    """A turn as cells."""
    return asdict(change) | {"claims": " ".join(change.claims)}


class LedgerFace(Ledger):
    """A ledger as `amity.open` gives it: all that `Ledger` has, and reading, importing, ties, exports, SQL and frames.

    >>> import amity, tempfile, pathlib
    >>> with amity.open(pathlib.Path(tempfile.mkdtemp()) / "x.db") as ledger:
    ...     len(ledger.claims()), len(ledger.ties())
    (0, 0)
    """

    def claims(  # type: ignore[override]  # may be walked again and again, where that of the room is walked once
        self, wanted: ClaimFilter | None = None, **narrow: Any
    ) -> Claims:
        """Claims that fit; the fields of `ClaimFilter` may be named: `claims(a="Syria", since="2024-11")`."""
        if wanted is None:
            given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in narrow.items()}
            wanted = ClaimFilter(**given)
        super().claims(wanted)  # a name that nothing answers to is told now, not at the first look
        walk = super().claims
        return Claims("claims", lambda: walk(wanted), claim_row)

    def read(self, *paths: str | Path, actors: str | Path | None = None) -> Listing[Any]:
        """Read files and folders into the ledger now -> what was read, one row a document; what is known is not read again."""
        from amity.pipeline import Pipeline, read_into

        steps = list(read_into(self, [Path(p) for p in paths], Pipeline(Path(actors) if actors else None)))
        return Listing("documents", lambda: iter(steps), lambda s: {"name": s.name, "claims": s.claims, "known": s.known})

    def import_files(self, kind: str, *paths: str | Path, mapping: str | Path | None = None, **options: str) -> Arrival:
        """Import rows of another dataset -> what came in, what was skipped and why, what could not be placed."""
        from amity.trade import ImportOptions, import_files

        given = ImportOptions(Path(mapping) if mapping else None, options=options)
        return list(import_files(self, kind, [Path(p) for p in paths], given))[-1]

    def import_frame(
        self, frame: Any, columns: Mapping[str, str], dataset: str = "frame", types: Mapping[str, str] | None = None
    ) -> Arrival:
        """Import a polars, pandas or Arrow frame; `columns` and `types` are those of a mapping file."""
        import yaml

        with tempfile.TemporaryDirectory() as folder:
            path, mapping = Path(folder) / f"{dataset}.csv", Path(folder) / "mapping.yaml"
            write_frame(frame, path)
            told = {"dataset": dataset, "columns": dict(columns), "types": dict(types or {})}
            mapping.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
            return self.import_files("csv", path, mapping=mapping)

    def ties(self, as_of: str | None = None) -> Listing[Tie]:
        """How the parties stand with each other on a day, worked out at the first look."""
        from amity.trade import find_ties

        held: list[list[Tie]] = []

        def walk() -> Iterator[Tie]:
            if not held:
                held.append(find_ties(self, as_of))
            return iter(held[0])

        return Listing("ties", walk, tie_row)

    def changes(self, since: str | None = None, as_of: str | None = None) -> Listing[Change]:
        """Turns in ties, the latest last."""
        from amity.ties import find_changes

        def walk() -> Iterator[Change]:
            return iter(find_changes(list(self.claims(published_by=as_of)), since=since))

        return Listing("changes", walk, change_row)

    def export(self, kind: str, path: str | Path, wanted: ClaimFilter | None = None, title: str = "") -> int:
        """Write a file in one of the forms of `amity export` -> how many things were written."""
        from amity.trade import export_ledger

        return export_ledger(self, kind, Path(path), wanted, title)

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> Listing[Row]:
        """A question in SQL over the views (docs/exchange.md) -> rows; the ledger cannot be changed by it."""

        def walk() -> Iterator[Row]:
            with self.store.reading() as connection:
                # On PostgreSQL a reading connection is read-only already.
                pragma = connection.dialect.name == "sqlite"
                if pragma:
                    connection.exec_driver_sql("PRAGMA query_only = ON")
                try:
                    for row in connection.exec_driver_sql(query, tuple(parameters)):
                        yield dict(row._mapping)
                finally:
                    if pragma:
                        connection.exec_driver_sql("PRAGMA query_only = OFF")

        return Listing("rows", walk, lambda row: row)

    def __repr__(self) -> str:
        held = self.stats()
        return (
            f"<amity ledger {self.store.address}: {held.documents:,} documents, {held.current_claims:,} claims, {held.parties:,} parties>"
        )

    def _repr_html_(self) -> str:
        held = self.stats()
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(cell(value))}</td></tr>" for name, value in asdict(held).items())
        return f"<p><b>amity ledger</b> {escape(self.store.address)}</p><table>{rows}</table>"


def write_frame(frame: Any, path: Path) -> None:
    """A polars, pandas or Arrow frame -> a CSV file; nothing is imported that the frame does not bring."""
    if hasattr(frame, "write_csv"):
        frame.write_csv(path)
    elif hasattr(frame, "to_csv"):
        frame.to_csv(path, index=False)
    else:
        from pyarrow import csv

        csv.write_csv(frame, path)


def open_face(address: str | Path, *, create: bool = True) -> LedgerFace:
    """The path of a file -> its ledger, made if it is not there and `create` is set; Raises LedgerError."""
    return LedgerFace(open_store(address, create))
