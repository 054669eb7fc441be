"""Files and folders -> documents, and one record for each thing that gave none; never raises for a bad file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from amity.reading.decoding import is_binary
from amity.reading.formats import Format, choose_format, list_suffixes
from amity.records import Document, Unread

# Files that are read whole may be this large (bytes); reports are a thousand times smaller.
LARGEST_FILE = 100_000_000


def read_paths(paths: Sequence[Path]) -> Iterator[Document | Unread]:
    """Paths -> documents and unread things, in order; folders are walked in sorted order, hidden files skipped.

    A file is named by its path below the folder given, or by its base name; a line of JSON Lines
    `file.jsonl:LINE`. Files that would share a name keep as much of their path as tells them apart.
    """
    taken: set[str] = set()
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from read_folder(path, taken)
        else:
            yield from read_file(path, free_name(path, path.name, taken))


def read_folder(folder: Path, taken: set[str]) -> Iterator[Document | Unread]:
    """All files of known form below a folder; one Unread where there are none."""
    empty = True
    for path in walk_files(folder):
        if choose_format(path):
            empty = False
            yield from read_file(path, free_name(path, path.relative_to(folder).as_posix(), taken))
    if empty:
        yield Unread(str(folder), f"got a folder without any article, allowed are files ending in {list_suffixes()}", "name another folder")


def walk_files(folder: Path) -> Iterator[Path]:
    """Files below a folder in sorted order, hidden ones and links to folders left out."""
    for top, folders, files in os.walk(folder, onerror=None):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (Path(top) / f for f in sorted(files) if not f.startswith("."))


def free_name(path: Path, name: str, taken: set[str]) -> str:
    """The name, or with as many folders before it as set it apart from other files of this run."""
    parts = path.absolute().parts
    depth = name.count("/") + 1
    while name in taken and depth < len(parts):
        depth += 1
        name = "/".join(parts[-depth:])
    taken.add(name)
    return name


def read_file(path: Path, name: str) -> Iterator[Document | Unread]:
    """One file -> its documents, or the one reason why there is none."""
    form = choose_format(path)
    if form is None and path.exists():
        yield Unread(name, f"got a file of unknown form, allowed are {list_suffixes()}", "rename the file by what it holds")
        return
    try:
        yield from open_file(path, name, form)
    except FileNotFoundError:
        yield Unread(name, f"got no file at {path}", "check the path")
    except PermissionError:
        yield Unread(name, "got no permission to read the file", f"chmod u+r {path}")
    except OSError as error:
        yield Unread(name, f"got a file that cannot be read ({error.strerror or error})", "check the disk and the path")


def open_file(path: Path, name: str, form: Format | None) -> Iterator[Document | Unread]:
    """Look at the size and the first bytes, then let the format read. Raises OSError."""
    size = path.stat().st_size
    if form is None:
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        head = file.read(65536)
    if not head:
        yield Unread(name, "got an empty file", "check that the file was saved whole")
    elif path.suffix.casefold() != ".gz" and is_binary(head):
        yield Unread(name, "got a binary file, allowed is text", "convert it to text, HTML or JSON Lines")
    elif not form.streams and size > LARGEST_FILE:
        yield Unread(
            name, f"got a file of {size:,} bytes, allowed are {LARGEST_FILE:,}", "split it into one file per report, or use JSON Lines"
        )
    else:
        yield from form.read(path, b"" if form.streams else path.read_bytes(), name)
