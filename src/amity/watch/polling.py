"""One look at a source -> the items that are new in it; what was seen is noted in the same step."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from amity.records import fingerprint
from amity.watch.addresses import Refused
from amity.watch.feeds import read_feed
from amity.watch.fetching import Asked, Fetched
from amity.watch.memory import Item, Memory
from amity.watch.settings import Watched

# Seconds that a file in a watched folder must have been left alone: it may still be written.
SETTLED = 2.0
# Bytes taken from a pipe at one look, so that one source cannot keep the others waiting.
MOST_TAKEN = 20_000_000
# Longest wait after failures (seconds).
LONGEST_WAIT = 86_400.0
# Forms of files that a watched folder may hold; all others are left alone.
FORMS = (".txt", ".text", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


def wait_after(failures: int, every: float, asked: float = 0.0) -> float:
    """Failures in a row -> seconds to wait: doubled each time up to a day, never less than the server asks for.

    >>> wait_after(0, 900), wait_after(3, 900), wait_after(99, 900), wait_after(1, 60, 3600)
    (900.0, 7200.0, 86400.0, 3600)
    """
    return max(min(every * 2.0 ** min(failures, 20), LONGEST_WAIT), asked)


def note_feed(memory: Memory, source: Watched, answer: Fetched | Refused, most: int, now: float) -> int:
    """A feed's answer -> how many entries were new; marks and entries are noted in one step."""
    failures = memory.source(source.name)["failures"]
    try:
        if isinstance(answer, Refused):
            raise answer
        entries = read_feed(answer.body, answer.url, most) if answer.status == 200 else []
    except Refused as refused:
        asked = refused.seconds if isinstance(refused, Asked) else 0.0
        with memory.step():
            wait = wait_after(failures + 1, source.every, asked)
            memory.set_source(source.name, failures=failures + 1, next_at=now + wait, note=refused.reason)
        return 0
    items = [Item(fingerprint("page", e.url, e.mark), source.name, "page", e.url, e.published) for e in entries]
    with memory.step():
        if answer.status == 200:
            marks = {"etag": answer.header("etag")[:500], "modified": answer.header("last-modified")[:100]}
            memory.set_source(source.name, **marks)
        memory.set_source(source.name, failures=0, next_at=now + source.every, note="")
        return memory.add_items(items)


def poll_folder(memory: Memory, source: Watched, now: float) -> int:
    """A folder -> how many files in it are new or changed and have settled."""
    found, note = [], ""
    try:
        found = list(walk_files(Path(source.place), now))
    except OSError as error:
        note = f"got a folder that cannot be read ({error.strerror})"
    items = [Item(fingerprint("file", *row), source.name, "file", row[0], state="kept", file=row[0]) for row in found]
    with memory.step():
        memory.set_source(source.name, next_at=now + source.every, note=note)
        return memory.add_items(items)


def walk_files(folder: Path, now: float) -> Iterator[tuple[str, str, str]]:
    """Path, size and time of every file of known form that has settled; links that lead out of the folder are left alone."""
    home = folder.resolve(strict=True)
    for top, folders, files in os.walk(home):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(files):
            path = Path(top) / name
            if name.startswith(".") or not name.casefold().endswith(FORMS) or not path.resolve().is_relative_to(home):
                continue
            told = path.stat()
            if stat.S_ISREG(told.st_mode) and not 0 <= now - told.st_mtime < SETTLED:
                yield str(path), str(told.st_size), str(told.st_mtime_ns)


def poll_pipe(memory: Memory, source: Watched, folder: Path, now: float) -> int:
    """A growing file or a pipe of JSON Lines -> 1 where whole new lines came; they are kept as a file of their own."""
    path, note, offset = Path(source.place), "", int(memory.source(source.name)["offset"])
    try:
        if path.exists() and stat.S_ISFIFO(path.stat().st_mode):
            path = spool(path, folder / f"{source.name}.spool")
        if path.stat().st_size < offset:
            offset, note = 0, "the file has shrunk and is read from its beginning"
        lines = take_lines(path, offset)
    except OSError as error:
        lines, note = b"", f"got a file that cannot be read ({error.strerror})"
    items = []
    if lines:
        key = fingerprint("lines", source.name, str(offset), hashlib.sha256(lines).hexdigest())
        kept = folder / f"{source.name}-{offset:012}-{key[:6]}.jsonl"
        write_whole(kept, lines)
        items = [Item(key, source.name, "file", str(kept), state="kept", file=str(kept))]
    with memory.step():
        memory.set_source(source.name, next_at=now + source.every, note=note, offset=offset + len(lines))
        return memory.add_items(items)


def take_lines(path: Path, offset: int) -> bytes:
    """The whole lines of a file from an offset on; a line that has no end yet waits."""
    with path.open("rb") as file:
        file.seek(offset)
        taken = file.read(MOST_TAKEN)
    end = taken.rfind(b"\n") + 1
    # One line longer than all that is taken at a look would else wait for ever.
    return taken[:end] if end or len(taken) < MOST_TAKEN else taken


def spool(pipe: Path, place: Path) -> Path:
    """What waits in a named pipe, moved to the end of a file and on the disk -> that file; waits for no writer."""
    source = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with place.open("ab") as kept:
            size = 0
            while size < MOST_TAKEN:
                try:
                    piece = os.read(source, 65_536)
                except BlockingIOError:
                    break
                if not piece:
                    break
                kept.write(piece)
                kept.flush()
                size += len(piece)
            os.fsync(kept.fileno())
    finally:
        os.close(source)
    return place


def write_whole(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all."""
    half = path.with_name(path.name + ".part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
