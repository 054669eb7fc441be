"""A large reader of acts -> its scores on unlabelled sentences: `python training/teach_acts.py ...` (see README.md).

Two steps, since the first needs amity and the second torch: `--gather` finds the parties of ECB+ (CC BY 3.0), of the texts of
the PLOVER gold records (CC BY-SA 4.0) and of `plain/*.txt`, written for this project; `--teacher` scores them.
"""

from __future__ import annotations

import argparse
import os
import pickle
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np

from scenes import Scene, scene_of_text
from unlabelled import FEWEST, MOST, read_ecb, read_plain, read_plover, split_words

# Parties of one sentence that are scored (as in acts.py), and tokens of one batch.
MOST_PARTIES, PIECES = 12, 1200


def gather_scenes(ecb: Path, plover: Path) -> list[Scene]:
    """Unlabelled sentences of two parties and more -> scenes without acts."""
    from amity.pipeline import Pipeline

    pipeline = Pipeline()
    texts = dict.fromkeys([*read_plain(Path(__file__).parent / "plain"), *read_plover(plover), *(" ".join(s) for s in read_ecb(ecb))])
    found = []
    for number, text in enumerate(t for t in texts if FEWEST <= len(split_words(t)) <= MOST):
        scene = scene_of_text(" ".join(text.split()), [], pipeline, f"plain:{number}")
        if len(set(scene.spans)) > 1:
            found.append(scene)
        if number % 1000 == 0:
            print(number, len(found), flush=True)
    return found


def score_scenes(scenes: list[Scene], start: Path, encoder: Path) -> list[Scene]:
    """Scenes -> the same with the teacher's probabilities."""
    import torch

    from act_network import join_scores
    from acts import collate, make_lesson, start_network
    from cases import CaseMaker

    torch.set_num_threads(1)
    maker = CaseMaker.load({"upos": []}, str(encoder / "tokenizer.json"))
    net = start_network(start, encoder).eval()
    fit = sorted((s for s in scenes if len(s.spans) <= MOST_PARTIES), key=lambda s: len(s.forms))
    done, began = 0, time.time()
    while done < len(fit):
        size = max(1, PIECES // (len(fit[done].forms) * 2))
        chosen = fit[done : done + size]
        lessons = [make_lesson(s, maker) for s in chosen]
        b = collate(lessons)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = [o.float() for o in net(b)]
        acts = torch.sigmoid(join_scores(*outputs, b["here"]))
        words, does, bears = (torch.sigmoid(o) for o in outputs[:3])
        for i, (scene, lesson) in enumerate(zip(chosen, lessons, strict=True)):
            w, s = len(scene.forms), len(scene.spans)
            if len(lesson.spans) == s and len(lesson.first) - 1 == w:
                held = (acts[i, :s, :s], words[i, :w], does[i, :w, :s], bears[i, :w, :s])
                scene.soft = tuple(x.numpy().astype(np.float16) for x in held)
        done += size
        if done % 50 < size:
            print(done, "of", len(fit), f"{time.time() - began:.0f} s", flush=True)
    return [s for s in fit if s.soft is not None]


def main() -> None:
    """Gather, or score what was gathered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gather", nargs=2, type=Path, metavar=("ECB", "PLOVER"), help="folder of ECB+, file of the gold records")
    parser.add_argument("--teacher", nargs=2, type=Path, metavar=("ACTS", "ENCODER"), help="acts.pt of the teacher, folder of its encoder")
    parser.add_argument("--scenes", type=Path, required=True, help="written by the first step, read and completed by the second")
    args = parser.parse_args()
    scenes = gather_scenes(*args.gather) if args.gather else score_scenes(pickle.loads(args.scenes.read_bytes()), *args.teacher)
    args.scenes.write_bytes(pickle.dumps(scenes))
    print(len(scenes), "sentences")


if __name__ == "__main__":
    main()
