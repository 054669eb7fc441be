"""CoNLL-U trees and IOB2 names -> training sentences, one record each.

Sources: UD English-EWT and UNER English-EWT, both CC BY-SA 4.0 (see README.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from torch import Tensor

# Sentences of the draft labels of names that were read anew for this project.
MENDS = Path(__file__).parent / "name_mends.tsv"
NAME_LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")


@dataclass
class Tree:
    """One sentence: parallel columns, heads 1-based with 0 for the root; `soft` a teacher's scores, `quotes` the parts of quotations."""

    id: str
    text: str
    words: list[str]
    lemmas: list[str]
    upos: list[str]
    xpos: list[str]
    heads: list[int]
    rels: list[str]
    names: list[str] | None = None
    spaces: list[bool] = field(default_factory=list)
    soft: dict[str, Tensor] | None = None
    quotes: list[str] | None = None


def read_conllu(path: Path) -> list[Tree]:
    """CoNLL-U file -> trees; empty nodes and multiword ranges are passed over."""
    trees = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        tree = Tree("", "", [], [], [], [], [], [])
        for line in block.split("\n"):
            if line.startswith("# sent_id"):
                tree.id = line.split("=", 1)[1].strip()
            elif line.startswith("# text ="):
                tree.text = line.split("=", 1)[1].strip()
            elif not line.startswith("#"):
                _add_token(tree, line.split("\t"))
        if tree.words:
            trees.append(tree)
    return trees


def _add_token(tree: Tree, columns: list[str]) -> None:
    if "." in columns[0] or "-" in columns[0]:
        return
    tree.words.append(columns[1].replace(" ", ""))
    tree.lemmas.append(columns[2])
    tree.upos.append(columns[3])
    tree.xpos.append(columns[4])
    tree.heads.append(int(columns[6]))
    tree.rels.append(columns[7])
    tree.spaces.append("SpaceAfter=No" not in columns[9])


def read_iob2(path: Path) -> dict[str, list[str]]:
    """IOB2 file -> sentence id to labels; other kinds of name than PER, LOC, ORG become O."""
    labels: dict[str, list[str]] = {}
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        key, tags = "", []
        for line in block.split("\n"):
            if line.startswith("# sent_id"):
                key = line.split("=", 1)[1].strip()
            elif not line.startswith("#"):
                tags.append(line.split("\t")[2])
        labels[key] = mend_iob(tags)
    return labels


def mend_iob(tags: list[str]) -> list[str]:
    """Labels -> the same with unknown kinds cleared and every name opened by a B."""
    out: list[str] = []
    for tag in tags:
        if tag not in NAME_LABELS:
            tag = "O"
        if tag.startswith("I-") and (not out or out[-1][2:] != tag[2:]):
            tag = "B-" + tag[2:]
        out.append(tag)
    return out


def tags_of(kind: str, size: int) -> list[str]:
    """A kind of name and its number of words -> its IOB2 labels.

    >>> tags_of("ORG", 2)
    ['B-ORG', 'I-ORG']
    """
    return [f"B-{kind}", *[f"I-{kind}"] * (size - 1)]


def read_mends(path: Path) -> dict[str, str]:
    """Names of sentences that the draft labels had wrong: id -> names in order, `KIND:words | KIND:words`, "-" for none."""
    return dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())


def label_names(words: list[str], names: str) -> list[str]:
    """Words and the names among them, as in `read_mends` -> IOB2 labels; names that the words do not hold in order raise ValueError."""
    labels, after = ["O"] * len(words), 0
    for name in names.split(" | ") if names != "-" else ():
        kind, phrase = name.split(":", 1)
        form = phrase.split()
        at = next((i for i in range(after, len(words)) if words[i : i + len(form)] == form), None)
        if at is None:
            raise ValueError(f"{phrase!r} does not stand in {' '.join(words)!r} after word {after}")
        after = at + len(form)
        labels[at:after] = tags_of(kind, len(form))
    return labels


def mend_names(trees: list[Tree], mends: dict[str, str]) -> int:
    """Put names read anew in place of draft ones; returns in how many trees."""
    mended = [t for t in trees if t.id in mends]
    for tree in mended:
        tree.names = label_names(tree.words, mends[tree.id])
    return len(mended)


def attach_names(trees: list[Tree], labels: dict[str, list[str]]) -> int:
    """Give each tree its name labels where the token counts agree; returns how many got them."""
    count = 0
    for tree in trees:
        tags = labels.get(tree.id)
        if tags is not None and len(tags) == len(tree.words):
            tree.names, count = tags, count + 1
    return count
