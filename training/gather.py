"""Write the scenes of all labelled sentences, for acts.py: `python training/gather.py --gold DIR --scorer DIR --out FILE`."""

from __future__ import annotations

import argparse
import importlib
import json
import pickle
import sys
from pathlib import Path

from amity.pipeline import Pipeline
from scenes import Scene, read_gold, read_reports, read_told, read_written


def told_before(scene: Scene) -> bool:
    """Whether some act has a party that only the sentences before name."""
    return any(scene.spans[k][0] < scene.begin for act in scene.acts for k in act[:2])


def main() -> None:
    """Write the scenes of all labelled sentences, for acts.py."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold with its texts")
    parser.add_argument("--scorer", type=Path, required=True, help="folder of score_claims.py")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    sys.path.insert(0, str(args.scorer))
    scorer = importlib.import_module("score_claims")
    pipeline = Pipeline()
    paths = [p for p in sorted(args.gold.glob("*.json")) if "events" in json.loads(p.read_text(encoding="utf-8"))]
    scenes = {
        "reports": list(read_reports(Path(__file__).parent / "reports", pipeline)),
        "written": list(read_written(0, pipeline)),
        "told": list(read_told(Path(__file__).parent, pipeline)),
        "gold": list(read_gold(paths, args.gold, pipeline, scorer)),
    }
    for name, held in scenes.items():
        acting, before = sum(bool(s.acts) for s in held), sum(told_before(s) for s in held)
        print(f"{name}: {len(held)} sentences, {acting} with acts, {before} of them with a party told before")
    args.out.write_bytes(pickle.dumps(scenes))


if __name__ == "__main__":
    main()
