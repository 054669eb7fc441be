"""Event claims and sides on fifty articles of all regions, written and labelled for this project by the rules of the gold.

No model was trained on them, no text of any gold stands in them. Ten (`articles/kept.jsonl`) are only scored; the errors
of the others were read. They are labelled more densely than news in the gold, with more parties that only the sentences
before name. `--data` names another folder of such files: an article a line with name, published, and paragraphs of
sentences, each with its events as [actor, side, type, recipient, side, status], and a seventh value where a party is implied.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from amity.pipeline import Pipeline
from amity.records import Document
from bench.actors import judge_events
from bench.claims import score

ARTICLES = Path(__file__).with_name("articles")
LEVELS = ("directed", "quad", "type", "full")


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures of the articles whose errors were read, and of those that are only scored (`kept_...`)."""
    pipeline = Pipeline()
    groups: dict[str, list[tuple[Document, list[dict[str, Any]]]]] = {}
    for path in sorted((data or ARTICLES).glob("*.jsonl")):
        group = "kept" if path.stem == "kept" else "read"
        groups.setdefault(group, []).extend(read_articles(path))
    out: dict[str, float | int | str] = {}
    for group, articles in groups.items():
        out |= {f"{group}_{k}": v for k, v in score_articles(articles, pipeline).items()}
    return out


def read_articles(path: Path) -> Iterator[tuple[Document, list[dict[str, Any]]]]:
    """A file of articles -> document and events of each, by the names of the gold."""
    for line in path.read_text(encoding="utf-8").splitlines():
        held = json.loads(line)
        paragraphs = [" ".join(sentence for sentence, _ in paragraph) for paragraph in held["paragraphs"]]
        events = [name_event(sentence, row) for paragraph in held["paragraphs"] for sentence, rows in paragraph for row in rows]
        yield Document(held["name"], "\n\n".join(paragraphs), "text", title=paragraphs[0], published=held["published"]), events


def name_event(sentence: str, row: list[Any]) -> dict[str, Any]:
    """One label of a sentence -> an event in the gold's form; whose word it is on was not labelled."""
    actor, side, kind, recipient, other, status = row[:6]
    parties = {"actor": actor, "actor_side": side, "recipient": recipient, "recipient_side": other}
    note = "implied" if len(row) > 6 else None
    return parties | {"sentence": sentence, "event_type": kind, "status": status, "note": note, "attributed_to": None, "anonymous": False}


def score_articles(articles: list[tuple[Document, list[dict[str, Any]]]], pipeline: Pipeline) -> dict[str, float]:
    """Articles -> F1 of each level, precision and recall of directed, and the share of sides found among mentions."""
    hits: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        folder, claims = Path(place), Path(place) / "claims.jsonl"
        with claims.open("w", encoding="utf-8") as stream:
            for document, events in articles:
                analysis = pipeline.analyse(document)
                stream.writelines(json.dumps(c.to_json(), ensure_ascii=False) + "\n" for c in analysis.claims)
                gold = {"document": document.name, "events": events}
                (folder / f"{document.name}.json").write_text(json.dumps(gold), encoding="utf-8")
                for role, _, found in judge_events(events, analysis.sentences, [list(m) for m in analysis.mentions]):
                    hits.update([role, f"{role} found"] if found else [role])
        result = json.loads(score(sorted(folder.glob("*.json")), claims, "score_claims.py", "--json"))
    out = {f"{level}_f1": result["levels"][level]["f1"] for level in LEVELS}
    out |= {"precision": result["levels"]["directed"]["precision"], "recall": result["levels"]["directed"]["recall"]}
    return out | {f"{role}_side": hits[f"{role} found"] / hits[role] for role in ("actor", "recipient")}
