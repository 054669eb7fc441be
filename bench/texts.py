"""The texts that case tables speak of, by name: files of the gold and articles of the corpus, analysed once a run.

A case table holds names, digests, offsets and words; never the text. A text whose digest differs from the
table's is refused, since its offsets would point elsewhere.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amity.records import Document, Sentence
from bench import SHARED, Skipped, need

TABLES = Path(__file__).resolve().parents[1] / "tests" / "actors"


@dataclass(frozen=True, slots=True)
class CaseText:
    """A text as read: its stored text's digest, publication day, sentences."""

    digest: str
    published: str | None
    sentences: list[Sentence]


def read_cases(name: str, data: Path | None = None) -> list[dict[str, str]]:
    """Rows of a case table beside the tests of actors, or of the file given."""
    with (data or TABLES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def load_texts(names: Iterable[str]) -> dict[str, CaseText]:
    """Names of texts -> the texts as read and analysed."""
    wanted = set(names)
    reader = load_shipped_reader()
    out = {}
    for name, path, published in _gold(wanted):
        out[name] = _analyse(reader, path, published)
    with tempfile.TemporaryDirectory() as folder:
        for row in _corpus(wanted - set(out)):
            path = Path(folder) / f"{row['id']}.txt"
            path.write_text(row["text"], encoding="utf-8")
            out[row["id"]] = _analyse(reader, path, row["date"] or None)
    return out


def check_digests(cases: Iterable[dict[str, str]], texts: dict[str, CaseText]) -> None:
    """Raises Skipped where a text is missing or is not the one that the cases were made on."""
    for case in cases:
        text = texts.get(case["document"])
        if text is None or text.digest != case["digest"]:
            raise Skipped(f"{case['document']}: the text is missing or has changed since the cases were made")


def _gold(wanted: set[str]) -> Iterable[tuple[str, Path, str | None]]:
    folder = need(SHARED / "gold")
    for place, texts in ((folder, SHARED / "seeds"), (folder / "dev", folder / "dev")):
        for path in sorted(place.glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            if "events" in gold and gold["document"] in wanted:
                yield gold["document"], texts / gold["document"], gold["published"]


def _corpus(wanted: set[str]) -> Iterable[dict[str, Any]]:
    if wanted:
        with gzip.open(need(SHARED / "corpus" / "articles.jsonl.gz"), "rt", encoding="utf-8") as stream:
            yield from (row for row in map(json.loads, stream) if row["id"] in wanted)


def _analyse(reader: Any, path: Path, published: str | None) -> CaseText:
    from amity.reading import read_paths, split_sentences

    document = next(d for d in read_paths([path]) if isinstance(d, Document))
    digest = hashlib.sha256(document.text.encode()).hexdigest()[:16]
    return CaseText(digest, published, list(reader.parse(document.id, split_sentences(document))))


def load_shipped_reader() -> Any:
    """The reader of the package; Raises Skipped where it cannot be loaded."""
    try:
        from amity.language import load_reader

        return load_reader()
    except Exception as error:
        raise Skipped(f"the reader cannot be loaded: {error}") from error
