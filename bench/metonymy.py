"""Whether the name of a land, capital or seat is read as the party or as the place, on own cases in real articles.

`tests/actors/metonymy.csv` names each by document and offset; half are capitals and seats ("Tehran", "the White
House"), half lands. One annotator, one pass; places visited and lands that are only a topic were left out.
`--data` takes another table of the same form.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from amity.actors import load_actors, resolve_mentions
from bench.texts import check_digests, load_texts, read_cases


def run(data: Path | None) -> dict[str, float | int | str]:
    """Share read as meant, overall and of parties and places apart."""
    cases = read_cases("metonymy.csv", data)
    texts = load_texts(c["document"] for c in cases)
    check_digests(cases, texts)
    table = load_actors()
    found = {name: resolve_mentions(t.sentences, table, t.published) for name, t in texts.items()}
    counts = Counter[str]()
    for case in cases:
        read = read_at(texts[case["document"]].sentences, found[case["document"]], int(case["start"]))
        right = read == case["stands_for"]
        counts.update([f"all {right}", f"{case['stands_for']} {right}"])
    out: dict[str, float | int | str] = {"cases": len(cases)}
    return out | {f"{k} right": counts[f"{k} True"] / max(1, counts[f"{k} True"] + counts[f"{k} False"]) for k in ("all", "party", "place")}


def read_at(sentences, found, start: int) -> str:  # type: ignore[no-untyped-def]  # as resolve_mentions gives them
    """`party` or `place` as the mention over an offset says; nothing where there is none."""
    for sentence, mentions in zip(sentences, found, strict=True):
        if sentence.start <= start < sentence.end:
            at = next((w.index for w in sentence.words if w.start == start), -1)
            here = [m for m in mentions if m.first <= at < m.last]
            return "" if not here else "place" if here[0].place else "party"
    return ""
