"""ECB+ (Cybulska and Vossen 2014, CC BY 3.0): documents, their stories, and the event mentions of curated sentences."""

from __future__ import annotations

import csv
import io
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

# The usual split (Cybulska and Vossen 2015): these topics tune, 36-45 are the test, the rest train.
DEV_TOPICS = frozenset((2, 5, 12, 18, 21, 23, 34, 35))
TEST_TOPICS = frozenset(range(36, 46))


@dataclass(frozen=True, slots=True)
class EcbMention:
    """An event mention: sentence, token numbers in it, and the chain it belongs to (its own where it is alone)."""

    document: str
    sentence: int
    tokens: tuple[int, ...]
    chain: str


@dataclass(frozen=True, slots=True)
class EcbDocument:
    """A document with its tokens by sentence; `story` is topic and sub-corpus, as "36ecb"."""

    name: str
    topic: int
    story: str
    sentences: tuple[tuple[str, ...], ...]
    mentions: tuple[EcbMention, ...]

    @property
    def text(self) -> str:
        """Sentences as lines of tokens."""
        return "\n".join(" ".join(s) for s in self.sentences)


def read_ecb(path: Path) -> Iterator[EcbDocument]:
    """The archive as it stands beside the checkout -> its documents, in order of name."""
    with tarfile.open(path) as outer:
        member = next(m for m in outer.getmembers() if m.name.endswith("ECB+_xml.tar.gz"))
        stream = outer.extractfile(member)
        assert stream is not None
        packed = io.BytesIO(stream.read())
    with tarfile.open(fileobj=packed) as inner:
        files = {m.name: m for m in inner.getmembers() if m.isfile()}
        table = next(n for n in files if n.endswith("ECBplus_coreference_sentences.csv"))
        curated = read_curated(inner.extractfile(files[table]).read().decode("utf-8"))  # type: ignore[union-attr]
        for name in sorted(n for n in files if n.endswith(".xml")):
            yield read_document(Path(name).stem, inner.extractfile(files[name]).read(), curated)  # type: ignore[union-attr]


def read_curated(text: str) -> dict[str, set[int]]:
    """The table of curated sentences -> document name to sentence numbers."""
    rows: dict[str, set[int]] = defaultdict(set)
    for row in csv.DictReader(io.StringIO(text)):
        rows[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    return rows


def read_document(name: str, xml: bytes, curated: dict[str, set[int]]) -> EcbDocument:
    """One XML file -> the document; mentions of time, place and people are left out, as are uncurated sentences."""
    tree = ElementTree.fromstring(xml)
    sentences: dict[int, list[str]] = defaultdict(list)
    spots: dict[str, tuple[int, int]] = {}
    for token in tree.iter("token"):
        at = int(token.get("sentence", "0"))
        spots[token.get("t_id", "")] = (at, len(sentences[at]))
        sentences[at].append(token.text or "")
    order = {number: i for i, number in enumerate(sorted(sentences))}
    chains = {
        source.get("m_id", ""): link.get("note") or link.get("r_id", "")
        for link in tree.iter()
        if link.tag in ("CROSS_DOC_COREF", "INTRA_DOC_COREF")
        for source in link.iter("source")
    }
    mentions = []
    markables = tree.find("Markables")
    for mark in markables if markables is not None else ():
        tokens = [spots[a.get("t_id", "")] for a in mark.iter("token_anchor")]
        if not tokens or not mark.tag.startswith(("ACTION", "NEG_ACTION")) or tokens[0][0] not in curated.get(name, ()):
            continue
        at, key = tokens[0][0], mark.get("m_id", "")
        mentions.append(EcbMention(name, order[at], tuple(t for _, t in tokens), chains.get(key, f"{name}/{key}")))
    topic = int(name.split("_")[0])
    story = f"{topic}{'ecbplus' if name.endswith('plus') else 'ecb'}"
    return EcbDocument(name, topic, story, tuple(tuple(sentences[n]) for n in sorted(sentences)), tuple(mentions))
