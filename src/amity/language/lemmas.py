"""Word, tag and the network's edit -> lemma, settled once for all rooms.

First the treebank's own table, then the edit that the network chose; where an inflected form is unknown to the
table, a dictionary of English inflections (lemminflect) overrules edits that give no word ("evacuated" -> "evacuat").
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from amity.language.words import apply_script

TABLE = Path(__file__).resolve().parents[1] / "model" / "lemmas.tsv"
# Tags of inflected words -> the part of speech by which the dictionary knows them.
INFLECTED = {
    "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBZ": "VERB", "NNS": "NOUN", "JJR": "ADJ", "JJS": "ADJ", "RBR": "ADV", "RBS": "ADV",
}  # fmt: skip


def find_lemma(form: str, tag: str, upos: str, script: str) -> str:
    """Word, Penn tag, part of speech and edit -> lemma; names keep their form.

    >>> find_lemma("withdrew", "VBD", "VERB", "3|aw"), find_lemma("evacuated", "VBD", "VERB", "2|")
    ('withdraw', 'evacuate')
    """
    if upos == "PROPN":
        return form
    low = form.lower().replace("’", "'")
    known = load_table().get((low, tag))
    if known is not None:
        return known
    if tag == "CD":
        return low.replace(",", "") if low[0].isdigit() else low
    lemma = apply_script(low, script)
    if tag in INFLECTED:
        possible = look_up(low, INFLECTED[tag])
        if possible and lemma not in possible:
            return possible[0]
    return lemma


@cache
def load_table() -> dict[tuple[str, str], str]:
    """(form, tag) -> lemma."""
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {(form, tag): lemma for form, tag, lemma in rows}


@cache
def look_up(form: str, upos: str) -> tuple[str, ...]:
    """Lemmas that the dictionary gives a form of some part of speech, likeliest first; empty if it has none."""
    import lemminflect  # type: ignore[import-untyped]  # it ships no types

    return tuple(lemminflect.getAllLemmas(form, upos=upos).get(upos, ()))
