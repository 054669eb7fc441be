"""The verb that looks at the installation, the shipped model and tables, and the ledger, and says what to do."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from amity.cli.desk import Desk, app, print_json
from amity.errors import AmityError

if TYPE_CHECKING:
    from amity.ledger import Ledger

HOUSE = Path(__file__).resolve().parents[1]
# Files without which nothing is read.
MODEL_FILES = ("reader.onnx", "labels.json", "tokenizer.json", "lemmas.tsv", "boundaries.npz", "judge.json")
# What each extra opens, by one of its modules; `pip install "amity[EXTRA]"` brings it.
EXTRAS = {
    "frames": ("pyarrow", "exports to Parquet, frames"),
    "outlook": ("lightgbm", "amity next: who acts on whom"),
    "postgres": ("psycopg", "ledgers shared by many, on PostgreSQL"),
    "ray": ("ray", "reading on many machines"),
    "watch": ("warcio", "amity watch: feeds, folders and pipes"),
}
# Free bytes below which a long run may fill the disk: about 100,000 articles with their claims.
LITTLE_ROOM = 2_000_000_000
# Bytes that each process of a run needs: the model, the tables, a long article.
PROCESS_BYTES = 350_000_000
State = Literal["ok", "note", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `note` can wait, `fault` keeps amity from working; `remedy` is what to do."""

    part: str
    state: State
    said: str
    remedy: str = ""


@app.command(epilog="Example: amity doctor  |  amity --ledger amity.db doctor --json")
def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One finding a line as JSON.")] = False,
) -> None:
    """Look at what is installed, the model, the tables and the ledger, and say what to do; exit code 3 where a fault was found."""
    found = [*look_at_program(), *look_at_machine(), *look_at_model(), *look_at_ledger(context.obj)]
    for finding in found:
        if as_json:
            print_json(asdict(finding))
        else:
            typer.echo(f"{finding.state.upper() if finding.state != 'ok' else 'ok':5}  {finding.part:8}  {finding.said}")
    remedies = list(dict.fromkeys(f.remedy for f in found if f.remedy and f.state != "ok"))
    if remedies and not as_json:
        typer.echo("\nWhat to do:")
        for remedy in remedies:
            typer.echo(f"  {remedy}")
    if any(f.state == "fault" for f in found):
        raise typer.Exit(3)


def look_at_program() -> Iterator[Finding]:
    """amity, Python, the packages it needs and the extras that are there or could be."""
    from amity.pipeline import MAKER

    yield Finding("amity", "ok", f"{MAKER}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, at {HOUSE}")
    lacking, needed = [], 0
    for line in metadata.requires("amity") or ():
        name = line.split(";")[0].split("[")[0]
        name = "".join(c if c.isalnum() or c in "-_." else " " for c in name).split()[0]
        if "extra ==" in line:
            continue
        needed += 1
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            lacking.append(name)
    if lacking:
        yield Finding("packages", "fault", f"{', '.join(lacking)} not installed", f"pip install {' '.join(lacking)}")
    else:
        yield Finding("packages", "ok", f"all {needed} are installed")
    for extra, (module, what) in EXTRAS.items():
        if importlib.util.find_spec(module):
            yield Finding("extra", "ok", f"{extra}: {what} ({module} {version_of(module)})")
        else:
            yield Finding("extra", "ok", f'{extra}: not installed; for {what}: pip install "amity[{extra}]"')


def version_of(module: str) -> str:
    """The version of an installed package, or nothing where it does not say."""
    try:
        return metadata.version(module)
    except metadata.PackageNotFoundError:
        return ""


def look_at_machine() -> Iterator[Finding]:
    """Cores and memory, and how many processes of reading they bear."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = memory_bytes()
    bears = min(cores, max(1, memory // PROCESS_BYTES)) if memory else cores
    how = f"amity read --workers {bears}" if bears > 1 else "one process"
    yield Finding("machine", "ok", f"{cores} cores, {memory / 1e9:.1f} GB of memory; to read at length: {how}")


def memory_bytes() -> int:
    """Memory of this machine in bytes, 0 where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 0


def look_at_model() -> Iterator[Finding]:
    """The shipped model and tables: whether they are there and whole, and digits that tell one version from another."""
    folder = HOUSE / "model"
    lacking = [name for name in MODEL_FILES if not (folder / name).is_file()]
    again = "pip install --force-reinstall amity"
    if lacking:
        yield Finding("model", "fault", f"{', '.join(lacking)} missing in {folder}", again)
        return
    try:
        from amity.language import load_reader

        load_reader()
        yield Finding("model", "ok", f"reader {digest(folder / 'reader.onnx')}, judge {digest(folder / 'judge.json')}; it loads")
    except Exception as error:  # a damaged file may fail in any part of the runtime
        yield Finding("model", "fault", f"reader.onnx does not load ({str(error).splitlines()[0][:120]})", again)
    tables = sorted(p for p in (HOUSE / "tables").rglob("*") if p.suffix in (".yaml", ".csv"))
    whole = hashlib.sha256(b"".join(p.read_bytes() for p in tables)).hexdigest()[:8]
    yield Finding("tables", "ok", f"{len(tables)} files, together {whole}")


def digest(path: Path) -> str:
    """The first digits of a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def look_at_ledger(desk: Desk) -> Iterator[Finding]:
    """The ledger: whether it opens, what it holds, whether the store is sound, the room it has, readings of older makers, the clock."""
    from amity.ledger import open_ledger

    if "://" not in desk.address and not Path(desk.address).exists():
        yield Finding("ledger", "note", f"{desk.address}: there is none yet", f"make one: amity --ledger {desk.address} read REPORTS")
        return
    try:
        with open_ledger(desk.address, create=False) as ledger:
            yield from look_inside(ledger)
    except AmityError as error:
        yield Finding("ledger", "fault", str(error), "see docs/ledger.md, or give another with --ledger")
    if "://" not in desk.address:
        yield from look_at_room(Path(desk.address))


def look_inside(ledger: Ledger) -> Iterator[Finding]:
    """An open ledger: what it holds, faults of the store, older makers, a clock that stands before its last reading."""
    from amity.ledger.times import stamp_now
    from amity.pipeline import MAKER

    held = ledger.stats()
    form = f"form {ledger.form()}"
    yield Finding("ledger", "ok", f"{ledger.store.address}: {held.documents:,} reports, {held.current_claims:,} claims, {form}")
    faults = ledger.store.find_faults()
    for fault in faults[:5]:
        yield Finding("ledger", "fault", fault, "restore a copy, or read the articles again into a new ledger; all faults: amity verify")
    if not faults:
        yield Finding("ledger", "ok", "store, guards and row counts are sound; to check every quotation: amity verify")
    if older := [f"{count:,} by {maker}" for maker, count in ledger.makers().items() if maker.startswith("amity ") and MAKER not in maker]:
        yield Finding("ledger", "note", f"read by an older amity: {', '.join(older)}", "read the same files again: amity read REPORTS")
    if held.unread:
        yield Finding("ledger", "note", f"{held.unread:,} files gave no document", "see why: SELECT * FROM unread, or read them again")
    if held.last_read and held.last_read > stamp_now():
        yield Finding("clock", "note", f"the last reading is of {held.last_read}, this machine's clock stands before it", "set the clock")


def look_at_room(path: Path) -> Iterator[Finding]:
    """Free bytes beside a file, and whether the place can be written."""
    free = shutil.disk_usage(path.absolute().parent).free
    state: State = "note" if free < LITTLE_ROOM else "ok"
    yield Finding("disk", state, f"{free / 1e9:.1f} GB free beside the ledger", "free some space" if state == "note" else "")
    if sys.platform != "win32" and not os.access(path, os.W_OK):
        yield Finding("disk", "fault", f"{path} is read-only", f"chmod u+w {path}, or copy it to a place that you can write to")
