"""Fetched pages in WARC files beside the ledger: appended, on the disk before they count, cut back to what counts after a crash."""

from __future__ import annotations

import io
import os
from pathlib import Path

from amity.errors import LedgerError
from amity.watch.fetching import Fetched

# Bytes at which a new file is begun: what other WARC tools handle well.
MOST_BYTES = 500_000_000


class Archive:
    """The WARC files of a folder; `place` is file and offset of a record."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def mend(self, name: str, length: int) -> None:
        """Cut the file that was last written back to the length that counts: what a crash left half is gone."""
        path = self.folder / name
        if name and path.exists() and path.stat().st_size > length:
            with path.open("r+b") as file:
                file.truncate(length)

    def current(self, name: str, length: int) -> tuple[str, int]:
        """The file to append to and its length: the last one, or a new one where that is full."""
        if name and length < MOST_BYTES:
            return name, length
        number = int(name.split("-")[1].split(".")[0]) + 1 if name else 1
        return f"pages-{number:05}.warc.gz", 0

    def keep(self, name: str, page: Fetched) -> int:
        """Append a page to a file and wait for the disk -> the length of the file after it."""
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        # The bytes are kept unpacked, so what spoke of their packing does not hold.
        told = [(k, v) for k, v in page.headers if k not in ("content-encoding", "transfer-encoding", "content-length")]
        told.append(("content-length", str(len(page.body))))
        clean = [(ascii_of(k), ascii_of(v)) for k, v in told]
        with (self.folder / name).open("ab") as file:
            writer = WARCWriter(file, gzip=True)
            head = StatusAndHeaders(f"{page.status} {ascii_of(page.reason)}", clean, protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(ascii_of(page.url), "response", payload=io.BytesIO(page.body), http_headers=head))
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    def find(self, name: str, offset: int) -> bytes:
        """The bytes of a page by its place; Raises LedgerError where the file is damaged or gone."""
        from warcio.archiveiterator import ArchiveIterator

        try:
            with (self.folder / name).open("rb") as file:
                file.seek(offset)
                record = next(iter(ArchiveIterator(file)))
                body: bytes = record.content_stream().read()
                return body
        except (OSError, StopIteration, ValueError, EOFError) as error:
            raise LedgerError(f"watch {self.folder / name}: got no page at {offset} ({error}); restore the file from a copy") from None


def ascii_of(text: str) -> str:
    """A header's text without what no header may hold.

    >>> ascii_of("a\\r\\nb é")
    'a  b ?'
    """
    return "".join(c if c.isprintable() else " " for c in text).encode("ascii", "replace").decode("ascii")
