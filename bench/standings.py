"""Standings against the hand-made gold: raw text in, the scorer's precision, recall and F1 out.

`--data` names a folder of gold (`standing-*.json`) and its texts (`*.txt`). Run by itself,
`python -m bench.standings --errors 40` prints what was missed and what was too much.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from amity.records import CodedEvent, Document, Mention
from bench import SHARED, need


def gold_of(data: Path | None) -> list[tuple[Path, Path]]:
    """Gold files with the texts they speak of: the seeds and the development reports, or those of a folder."""
    folders = [(data, data)] if data else [(need(SHARED / "gold"), need(SHARED / "seeds")), (need(SHARED / "gold" / "dev"),) * 2]
    pairs = [
        (p, texts / json.loads(p.read_text(encoding="utf-8"))["document"])
        for gold, texts in folders
        for p in sorted(gold.glob("standing-*.json"))
    ]
    return [(gold, need(text)) for gold, text in pairs]


def party_of(mention: Mention | None) -> dict[str, Any] | None:
    """A party as the scorer reads it."""
    if mention is None or mention.actor is None:
        return None
    return {"name": mention.actor.name if mention.actor.known else mention.text, "side": mention.actor.side or None}


def claim_of(name: str, quote: str, event: CodedEvent) -> dict[str, Any]:
    """A standing in the shape of the JSON Lines contract, as far as the scorer looks."""
    extra = {"over": event.over, "place": event.place, "confidence": event.confidence, "why": list(event.why)}
    parties = {"actor": party_of(event.actor), "recipient": party_of(event.recipient)}
    return {"kind": "standing", "document": name, "quote": quote, "type": event.type, **parties, **extra}


def read_claims(text: Path) -> Iterator[dict[str, Any]]:
    """One report -> its standings."""
    from amity.actors import load_actors, resolve_mentions
    from amity.events.standings import code_standings
    from amity.language import load_reader
    from amity.reading import read_paths, split_sentences

    for document in read_paths([text]):
        assert isinstance(document, Document), document
        sentences = load_reader().parse(document.id, split_sentences(document))
        mentions = resolve_mentions(sentences, load_actors(), document.published)
        for sentence, parties in zip(sentences, mentions, strict=True):
            for event in code_standings(sentence, parties)[0]:
                yield claim_of(text.name, sentence.text, event)


def score(pairs: list[tuple[Path, Path]], claims: dict[str, list[dict[str, Any]]], errors: int = 0) -> dict[str, dict[str, float]]:
    """The shared scorer's table, kinds with their gold and claims; its misses and surplus printed where asked."""
    sys.path.insert(0, str(need(SHARED / "score")))
    import score_standings as scorer

    tally: dict[str, list[int]] = {}
    shown: list[str] = []
    for gold_path, text in pairs:
        name, gold = scorer.load_gold(gold_path)
        mine = [_scored(scorer, c) for c in claims[text.name]]
        grades = sorted(((scorer.grade(g, c), i, j) for i, g in enumerate(gold) for j, c in enumerate(mine)), key=lambda p: -p[0])
        used_gold: dict[int, int] = {}
        used_mine: dict[int, int] = {}
        for level, i, j in grades:
            if level and i not in used_gold and j not in used_mine:
                used_gold[i] = used_mine[j] = level
        for i, g in enumerate(gold):
            _count(tally, g["kind"], used_gold.get(i, 0), 0)
            if used_gold.get(i, 0) < 2:
                shown.append(f"MISSED{used_gold.get(i, 0)} {name}: {g['raw']['a']} {g['kind']} {g['raw']['b']} | {g['raw']['sentence']}")
        for j, c in enumerate(mine):
            _count(tally, c["kind"], used_mine.get(j, 0), 1)
            if used_mine.get(j, 0) < 2:
                a, b = c["raw"]["actor"], c["raw"]["recipient"]
                shown.append(f"SURPLUS{used_mine.get(j, 0)} {name}: {a} {c['kind']} {b} {c['raw']['why']} | {c['raw']['quote']}")
    print("\n".join(shown[:errors]), end="\n" if errors else "")
    return {kind: _figures(*counts) for kind, counts in sorted(tally.items())}


def _scored(scorer: Any, claim: dict[str, Any]) -> dict[str, Any]:
    tokens = set(scorer.plain(claim["quote"]).split())
    return {"tokens": tokens, "a": scorer.party(claim["actor"]), "b": scorer.party(claim["recipient"]), "kind": claim["type"], "raw": claim}


def _count(tally: dict[str, list[int]], kind: str, level: int, mine: int) -> None:
    """Adds to gold, claims, pairs hit and kinds hit; hits are counted on the gold's side."""
    for key in (kind, "all"):
        row = tally.setdefault(key, [0, 0, 0, 0])
        row[mine] += 1
        row[2] += bool(level) and not mine
        row[3] += level == 2 and not mine


def _figures(gold: int, claims: int, pairs: int, kinds: int) -> dict[str, float]:
    def f1(hit: int) -> float:
        return 2 * hit / (gold + claims) if gold + claims else 0.0

    share = {"precision": kinds / claims if claims else 0.0, "recall": kinds / gold if gold else 0.0, "f1": f1(kinds)}
    pair = {"pair_precision": pairs / claims if claims else 0.0, "pair_recall": pairs / gold if gold else 0.0, "pair_f1": f1(pairs)}
    return {"gold": gold, "claims": claims, **pair, **share}


def run(data: Path | None, errors: int = 0) -> dict[str, float | int | str]:
    """Score the standings of the seeds and development reports (or of `data`)."""
    pairs = gold_of(data)
    table = score(pairs, {text.name: list(read_claims(text)) for _, text in pairs}, errors)
    figures: dict[str, float | int | str] = {"documents": len(pairs), **table.pop("all", {})}
    for kind, row in table.items():
        figures |= {f"{kind}_{k}": row[k] for k in ("gold", "claims", "precision", "recall", "f1")}
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--errors", type=int, default=1000)
    options = parser.parse_args()
    for key, value in run(options.data, options.errors).items():
        print(f"{key:32s} {value:.4f}" if isinstance(value, float) else f"{key:32s} {value}")
