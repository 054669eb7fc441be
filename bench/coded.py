"""Single sentences -> who did what to whom, as the whole pipeline codes them; shared by benchmarks of suites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amity.actors import load_actors, resolve_mentions
from amity.pipeline import Pipeline
from amity.records import CodedEvent, Mention, Stretch

# An event as suites write it: code of the source's state, code of the target's, type or CAMEO root.
Triple = tuple[str, str, str]


def code_text(text: str, day: str, pipeline: Pipeline) -> list[CodedEvent]:
    """One text as published on a day -> its events."""
    sentences = pipeline.reader.parse("suite", [Stretch(0, len(text), text, 0)])
    mentions = resolve_mentions(sentences, pipeline.actors, day)
    return [e for coded in pipeline.code(sentences, mentions) for e in coded.events]


def states_of(mention: Mention | None) -> list[str]:
    """The state (three letters) behind a party, its home for a group, IGO for a body between states; else its own words."""
    if mention is None or mention.actor is None:
        return ["---"]
    return [_code_of(side, mention.actor.name) for side in mention.actor.side_id.split(";")]


def _code_of(side: str, name: str) -> str:
    kind, _, rest = side.partition(":")
    if kind == "state":
        return rest
    if kind == "body":
        return "IGO"
    entry = load_actors().entries.get(side)
    return entry.home.removeprefix("state:") if entry and entry.home else name.lower()


def triples(events: Iterable[CodedEvent], label: dict[str, str]) -> set[Triple]:
    """Events -> triples, one for each pair of states; `label` maps our types to the suite's."""
    return {(a, r, label.get(e.type, e.type)) for e in events for a in states_of(e.actor) for r in states_of(e.recipient) if a != r}


def score(gold: Sequence[set[Triple]], said: Sequence[set[Triple]]) -> dict[str, float | int | str]:
    """Sets of triples, sentence by sentence -> precision, recall, F1, and surplus where the gold states nothing."""
    hits = sum(len(g & s) for g, s in zip(gold, said, strict=True))
    n_gold, n_said = sum(map(len, gold)), sum(map(len, said))
    quiet = [len(s) for g, s in zip(gold, said, strict=True) if not g]
    return {
        "sentences": len(gold),
        "gold": n_gold,
        "coded": n_said,
        "precision": hits / max(1, n_said),
        "recall": hits / max(1, n_gold),
        "f1": 2 * hits / max(1, n_said + n_gold),
        "quiet_sentences": len(quiet),
        "surplus_per_100_quiet": 100 * sum(quiet) / max(1, len(quiet)),
    }
