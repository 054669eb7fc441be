"""Event claims against the hand-made gold: raw text in, the scorer's precision, recall and F1 out.

`--data` names a folder of gold (`*.json` with `document` and `events`) and its texts (`*.txt`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from amity.pipeline import Pipeline, read_documents
from amity.records import Document
from bench import SHARED, need


def gold_of(data: Path | None) -> tuple[list[Path], list[Path]]:
    """Gold files and the texts they speak of: the five seeds, or those of a folder."""
    folder = data or need(SHARED / "gold")
    texts = data or need(SHARED / "seeds")
    pattern = "*.json" if data else "seed-0*.json"
    gold = [p for p in sorted(folder.glob(pattern)) if "events" in json.loads(p.read_text(encoding="utf-8"))]
    return gold, [texts / json.loads(p.read_text(encoding="utf-8"))["document"] for p in gold]


def write_claims(texts: list[Path], out: Path, pipeline: Pipeline) -> int:
    """Texts -> claims as JSON Lines; returns how many."""
    count = 0
    with out.open("w", encoding="utf-8") as stream:
        for document in read_documents(texts):
            assert isinstance(document, Document), document
            for claim in pipeline.analyse(document).claims:
                stream.write(json.dumps(claim.to_json(), ensure_ascii=False) + "\n")
                count += 1
    return count


def count_surplus(gold: list[Path], texts: list[Path], pipeline: Pipeline) -> tuple[int, int]:
    """Gold files and their texts -> sentences that no gold event touches, and the event claims made in them."""
    quiet = surplus = 0
    for path, text in zip(gold, texts, strict=True):
        told = [(e["char_start"], e["char_end"]) for e in json.loads(path.read_text(encoding="utf-8"))["events"]]
        (document,) = read_documents([text])
        assert isinstance(document, Document), document
        analysis = pipeline.analyse(document)
        for sentence in analysis.sentences:
            if not any(a < sentence.end and sentence.start < b for a, b in told):
                quiet += 1
                surplus += sum(c.kind == "event" and sentence.start <= c.start < sentence.end for c in analysis.claims)
    return quiet, surplus


def score(gold: list[Path], claims: Path, scorer: str = "score_claims.py", *extra: str) -> str:
    """Run the shared scorer -> what it prints."""
    command = [sys.executable, str(need(SHARED / "score" / scorer)), "--gold", *map(str, gold), "--claims", str(claims), *extra]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def run(data: Path | None) -> dict[str, float | int | str]:
    """Score the claims of the seeds (or of `data`)."""
    gold, texts = gold_of(data)
    pipeline = Pipeline()
    quiet, surplus = count_surplus(gold, texts, pipeline)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.jsonl"
        write_claims(texts, path, pipeline)
        result = json.loads(score(gold, path, "score_claims.py", "--json"))
    figures: dict[str, float | int | str] = {"documents": len(gold), "gold": result["gold"], "claims": result["claims"]}
    for level, values in result["levels"].items():
        figures |= {f"{level}_{k}": v for k, v in values.items()}
    figures |= {"quiet_sentences": quiet, "surplus_per_100_quiet": 100 * surplus / max(1, quiet)}
    return figures | {k: result[k] for k in ("status_accuracy", "anonymity_accuracy", "sourced_accuracy")}
