"""CoNLL-U and IOB2 files as plain tuples, for scoring; no benchmark itself."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import SHARED, need


@dataclass(frozen=True)
class Gold:
    """One gold sentence: parallel columns; heads 1-based, 0 the root; whether it opens a paragraph, and whether a space follows."""

    id: str
    text: str
    forms: list[str]
    lemmas: list[str]
    upos: list[str]
    xpos: list[str]
    heads: list[int]
    rels: list[str]
    opens: bool = False
    spaced: bool = True


def read_conllu(text: str) -> Iterator[Gold]:
    """CoNLL-U text -> sentences, without empty nodes and ranges."""
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        meta = dict(x[2:].split(" = ", 1) for x in lines if x.startswith("# ") and " = " in x)
        rows = [x.split("\t") for x in lines if x and not x.startswith("#")]
        rows = [r for r in rows if r[0].isdigit()]
        if rows:
            columns = list(zip(*rows, strict=True))
            yield Gold(
                meta.get("sent_id", ""), meta.get("text", ""), list(columns[1]), list(columns[2]), list(columns[3]),
                list(columns[4]), [int(h) for h in columns[6]], list(columns[7]),
                any(x.startswith(("# newpar", "# newdoc")) for x in lines), "SpaceAfter=No" not in columns[9][-1],
            )  # fmt: skip


def shared_text(archive: str, member: str) -> str:
    """A text file inside one of the shared language archives."""
    with tarfile.open(need(SHARED / "data" / "language" / archive)) as tar:
        for info in tar:
            if info.name.endswith(member):
                stream = tar.extractfile(info)
                assert stream is not None
                return stream.read().decode("utf-8")
    raise FileNotFoundError(member)


def load_conllu(data: Path | None, split: str) -> list[Gold]:
    """A CoNLL-U file, or a split of English-EWT."""
    text = data.read_text(encoding="utf-8") if data else shared_text("ud_english_ewt.tar.gz", f"en_ewt-ud-{split}.conllu")
    return list(read_conllu(text))
