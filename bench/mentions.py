"""Mentions of the five seeds -> the right actor, on a table made by running the rules and correcting every line by reading.

`tests/actors/mentions.csv` holds document, offset, words and actor id; `place` where a place that no table holds
is meant, nothing where no party is. A mention is right where its actor's id, or the side that the labelled id has,
is the one labelled; an unknown party known by other words, or no mention at all, is an abstention. One annotator;
what no rule found at all is not in the table, so that recall is not measured. `--data` takes another such table.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from amity.actors import ActorTable, load_actors, resolve_mentions
from amity.records import Actor
from bench.texts import check_digests, load_texts, read_cases


def run(data: Path | None) -> dict[str, float | int | str]:
    """Share right, share right of those linked to a party that the tables know, and share of abstentions among the others."""
    cases = read_cases("mentions.csv", data)
    texts = load_texts(c["document"] for c in cases)
    check_digests(cases, texts)
    table = load_actors()
    at: dict[tuple[str, int], Actor | None] = {}
    for name, text in texts.items():
        for sentence, mentions in zip(text.sentences, resolve_mentions(text.sentences, table, text.published), strict=True):
            at |= {(name, sentence.words[i].start): m.actor for m in reversed(mentions) for i in range(m.first, m.last)}
    counts = Counter(judge(at.get((c["document"], int(c["start"]))), c["actor"], table) for c in cases)
    wrong = counts["abstained"] + counts["wrong"]
    return {
        "mentions": len(cases),
        "right": counts["right"] / len(cases),
        "abstentions among the others": counts["abstained"] / max(1, wrong),
    } | dict(counts)


def judge(actor: Actor | None, wanted: str, table: ActorTable) -> str:
    """Right, abstained or wrong."""
    if actor is None:
        return "right" if wanted in ("", "place") else "abstained"
    if wanted == "place":
        return "abstained" if not actor.known else "wrong"
    if wanted == "":
        return "wrong" if actor.known else "abstained"
    side = wanted.split("/")[0] if wanted.startswith("state:") else wanted
    same = actor.id == wanted or (side.startswith("state:") and actor.side_id == side)
    unknown = wanted.startswith("unknown:") and not actor.known
    return "right" if same or unknown or actor.side_id == wanted.removeprefix("joint:") else "abstained" if not actor.known else "wrong"
