"""Licence-clean text without trees -> tokenised sentences, for the teacher to label.

ECB+ (CC BY 3.0), the texts of the PLOVER gold records (CC BY-SA 4.0), and the sentences written for this project.
"""

from __future__ import annotations

import json
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from amity.language.tokens import split_tokens
from written import fill_sentences

FEWEST, MOST = 4, 60
_QUOTES = {"``": '"', "''": '"'}


def read_ecb(folder: Path) -> Iterator[list[str]]:
    """ECB+ folder -> sentences as the treebank splits them: hyphens apart, quotation marks plain, addresses left out."""
    for path in sorted(folder.rglob("*.xml")):
        sentences: dict[str, list[str]] = {}
        for token in ET.parse(path).getroot().iter("token"):
            sentences.setdefault(token.get("sentence", ""), []).append(token.text or "")
        for tokens in sentences.values():
            if "http" not in tokens[0]:
                yield [w for t in tokens for w in split_token(_QUOTES.get(t, t))]


def split_token(token: str) -> list[str]:
    """A token of ECB+ -> tokens of the treebank: hyphens and clitics apart.

    >>> split_token("33-year-old"), split_token("That's"), split_token("n't")
    (['33', '-', 'year', '-', 'old'], ['That', "'s"], ["n't"])
    """
    return [token] if token.lower() == "n't" else [token[a:b] for a, b in split_tokens(token)]


def read_plover(path: Path) -> Iterator[str]:
    """PLOVER gold records -> their texts; the file is a list of JSON objects with slips, so fields are found one by one."""
    for match in re.finditer(r'^\s*"text": ("(?:[^"\\\n]|\\.)*")', path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE):
        yield json.loads(match.group(1), strict=False)


def read_reports(folder: Path) -> Iterator[str]:
    """Sentences written for this project, with labels of their own that are not used here."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)["text"]


def read_plain(folder: Path) -> Iterator[str]:
    """Sentences written for this project without labels, one a line."""
    for path in sorted(folder.glob("*.txt")):
        yield from (line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def gather_sentences(ecb: Path, plover: Path) -> list[list[str]]:
    """All unlabelled sentences without doubles: the project's own and the gold records', then the others shuffled by a fixed seed."""
    here = Path(__file__).parent
    own = [split_words(t) for t in (*read_reports(here / "reports"), *read_plover(plover), *read_plain(here / "plain"))]
    others = [*read_ecb(ecb), *(split_words(text) for text, _ in fill_sentences(0))]
    random.Random(1).shuffle(others)
    return [list(s) for s in {tuple(s): None for s in own + others if FEWEST <= len(s) <= MOST}]


def split_words(text: str) -> list[str]:
    """Text -> its words."""
    return [text[a:b] for a, b in split_tokens(text)]
