"""How often actors/ finds the sides that the gold names, and the states of the actor cases.

Two parts. On the gold of claims: for every event, whether some mention in its sentence resolves to the
actor's side, and to the recipient's; a mention of several sides counts for each, and spellings that the
tables hold as one name are one. Parties that the annotator took from other sentences (noted "implied") are
counted apart. On the actor cases: whether the state and the sector of a lone phrase are right.
`--data` takes a JSON Lines file of actor cases of the same form in place of the usual one.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from amity.actors import ActorTable, load_actors, resolve_mentions, resolve_phrase
from amity.records import Mention, Sentence, Stretch
from bench import SHARED, need
from bench.texts import load_shipped_reader

CASES = SHARED / "data" / "events" / "ngec_actor_cases_dev.jsonl"
# The cases' codes of sectors -> ours; where several of ours fit one code they are all right.
SECTORS = {
    "GOV": {"government"},
    "MIL": {"military"},
    "LEG": {"legislature"},
    "REB": {"armed", "opposition"},
    "PRM": {"armed"},
    "SPY": {"intelligence"},
    "JUD": {"judiciary"},
    "BUS": {"business"},
    "JRN": {"media"},
    "REL": {"religious"},
    "PTY": {"party"},
    "CVL": {"civil"},
    "CRM": {"criminal"},
    "COP": {"police", "military"},
}


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures of both parts; the gold is left out where `data` names cases."""
    reader, table = load_shipped_reader(), load_actors()
    figures: dict[str, float | int | str] = {}
    if data is None:
        figures |= score_gold(reader, table)
    return figures | score_cases(reader, table, need(data or CASES))


def gold_files() -> list[tuple[Path, Path]]:
    """(gold, text) of every document with events."""
    folder = need(SHARED / "gold")
    pairs = [(p, SHARED / "seeds") for p in sorted(folder.glob("seed-0*.json"))]
    pairs += [(p, folder / "dev") for p in sorted((folder / "dev").glob("*.json")) if not p.name.startswith("standing")]
    return [(p, place / f"{Path(json.loads(p.read_text())['document']).stem}.txt") for p, place in pairs]


def read_sentences(reader: Any, path: Path) -> list[Sentence]:
    """A text file -> its analysed sentences."""
    from amity.reading import read_paths, split_sentences
    from amity.records import Document

    document = next(d for d in read_paths([path]) if isinstance(d, Document))
    return list(reader.parse(document.id, split_sentences(document)))


def score_gold(reader: Any, table: ActorTable) -> dict[str, float | int | str]:
    """Sides found in the gold's sentences, and the cost of resolution."""
    hits, seconds, count = Counter[str](), 0.0, 0
    for gold_path, text_path in gold_files():
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        sentences = read_sentences(reader, text_path)
        started = time.process_time()
        mentions = resolve_mentions(sentences, table, gold["published"])
        seconds, count = seconds + time.process_time() - started, count + sum(map(len, mentions))
        for role, implied, found in judge_events(gold["events"], sentences, mentions):
            hits.update([f"{role} {found}", f"{'implied' if implied else 'told'} {found}"])
    out: dict[str, float | int | str] = {}
    for role in ("actor", "recipient", "told", "implied"):
        total = hits[f"{role} True"] + hits[f"{role} False"]
        out[f"{role} side found"] = hits[f"{role} True"] / max(1, total)
        out[f"{role} in gold"] = total
    return out | {"mentions": count, "microseconds of CPU a mention": 1e6 * seconds / max(1, count)}


def judge_events(
    events: list[dict[str, Any]], sentences: Sequence[Sentence], mentions: Sequence[list[Mention]]
) -> Iterator[tuple[str, bool, bool]]:
    """For each party of each event its role, whether the event has implied parties, whether a mention of its sentence agrees."""
    for event, role, sentence in located(events, sentences):
        yield role, "implied" in (event["note"] or "").lower(), any(same_party(event, role, m) for m in mentions[sentence])


def located(events: list[dict[str, Any]], sentences: Sequence[Sentence]) -> Iterator[tuple[dict[str, Any], str, int]]:
    """Events with their sentence, by the greatest overlap of tokens."""
    score = _scorer()
    bags = [set(score.plain(s.text).split()) for s in sentences]
    for event in events:
        bag = set(score.plain(event["sentence"]).split())
        best = max(range(len(bags)), key=lambda i: len(bag & bags[i]) / max(1, len(bag | bags[i])))
        for role in ("actor", "recipient"):
            if event[role] or event.get(f"{role}_side"):
                yield event, role, best


def same_party(event: dict[str, Any], role: str, mention: Mention) -> bool:
    """Whether a mention stands for the event's party, as the scorer of claims judges it."""
    if mention.actor is None:
        return False
    score, table = _scorer(), load_actors()
    sides = [s.strip() for s in (event.get(f"{role}_side") or "").split(";")]
    known = [a.name for s in (*sides, event[role] or "") if (a := table.find(s))]
    wanted = (score.keys(*sides), score.keys(event[role], *known))
    got = (score.keys(*mention.actor.side.split("; ")), score.keys(mention.actor.name))
    return bool(score.agrees(wanted, got))


def _scorer() -> Any:
    folder = str(need(SHARED / "score"))
    if folder not in sys.path:
        sys.path.insert(0, folder)
    import score_claims

    return score_claims


def score_cases(reader: Any, table: ActorTable, path: Path) -> dict[str, float | int | str]:
    """State and sector of lone phrases; cases marked as skipped there are skipped here."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["skip"] or case["method"] == "query_wiki":
            continue
        state, sector = read_case(reader, table, case)
        for name, wanted in wanted_of(case):
            total[name] += 1
            right[name] += state == wanted if name == "state" else sector in SECTORS[wanted]
    return {f"cases: {n} right": right[n] / max(1, total[n]) for n in ("state", "sector")} | {"cases": total["state"]}


def wanted_of(case: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a case expects: the state where it names a state or says there is none, the sector where we have it."""
    expect = case["expect"]
    state = expect.get("country", expect.get("r[0]"))
    if state is not None:
        yield "state", {"UNO": "", "IGO": "", "NGO": ""}.get(state, state)
    if expect.get("code_1") in SECTORS:
        yield "sector", expect["code_1"]


def read_case(reader: Any, table: ActorTable, case: dict[str, Any]) -> tuple[str, str]:
    """A lone phrase -> (ISO3 of its state or nothing, sector)."""
    text = case["text"]
    sentences = reader.parse("case", [Stretch(0, len(text), text, 0)])
    actor = resolve_phrase(next(iter(sentences)), table, case["date"] or None)
    home = table.home(actor.id) or table.home(actor.side_id) or table.home(actor.side_id.split("/")[0])
    return home or "", actor.sector
