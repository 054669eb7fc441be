"""Train the second look at names: `python training/name_weights.py --data LANGUAGE --out src/amity/model` (three minutes).

UNER English-EWT (CC BY-SA 4.0): the draft training labels, at a lower weight, and the final development labels. The shipped
reader has learnt the training sentences by heart (F1 92 there, 74 on the development part), so its scores are hidden from
most words of them. News written for the project (`plain/`), labelled by the reader and the actor tables, keeps the weights
to the names of news. `--folds` prints F1 by folds over the documents of the development part first.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from amity.language.known_names import mark_known
from amity.language.name_features import features_of_form
from amity.language.names import REACH, Read, SecondLook, find_words, list_features
from amity.language.reader import load_reader
from amity.language.runs import Row, run_rows
from amity.language.scores import take_log
from amity.language.spans import decode_spans
from amity.language.words import layout_pieces
from names import NamePool, list_spans
from treebank import MENDS, label_names, mend_iob, read_mends, tags_of
from treebank import NAME_LABELS as LABELS
from unlabelled import read_plain, split_words

HERE = Path(__file__).resolve().parent
# Width of the layer, passes, words of a step, first rate and penalty; 24 loses a point by folds, 96 or more passes gain nothing.
INNER, EPOCHS, WORDS, RATE, DECAY = 48, 2, 256, 3e-3, 0.01
# Weight of a label, and share of words whose scores are hidden: draft, final, news; of the news, one sentence in so many is read.
WEIGHTS, HIDDEN, NEWS_STEP = (0.3, 1.0, 0.2), (0.7, 0.1, 0.5), 2
DRAFT, FINAL, NEWS = range(3)
# Copies of the development part; shares of features and units left out.
COPIES, FORGOT, DROPOUT = 3, 0.15, 0.4
# Least number of words with a feature: of neighbours and words by name, of their letters, of all others.
LEAST_WORD, LEAST_LETTERS, LEAST = 12, 6, 4
AVERAGE = 0.995
FOLDS, IGNORE, MOST = 5, -100, 127
MOST_FEATURES = 56
PLACES = range(-REACH, REACH + 1)
Spans = set[tuple[int, int, str]]


@dataclass
class Lesson:
    """A sentence with what the reader says of it, the features of its words by name, and gold labels."""

    document: str
    read: Read
    gold: list[str]
    features: list[list[str]]
    looked: list[int]
    origin: int


def read_news(folder: Path) -> list[Lesson]:
    """News without labels -> lessons whose labels are the network's own, with the names of the tables in them."""
    pool = NamePool()
    texts = sorted(text for text in read_plain(folder))[::NEWS_STEP]
    lessons = read_all([("news", words, ["O"] * len(words)) for words in map(split_words, texts) if words], NEWS)
    for lesson in lessons:
        tags = ["O"] * len(lesson.gold)
        for a, b, kind in decode_spans(lesson.read.scores, LABELS):
            tags[a:b] = tags_of(kind, b - a)
        lesson.gold = label_known(lesson.read.forms, pool.mark_known(list(lesson.read.forms), tags))
    return lessons


def label_known(words: Sequence[str], tags: list[str]) -> list[str]:
    """Words and labels -> labels with the organisations of the tables in them, but for lone words within longer names."""
    labels, spans = list(tags), [(a, b) for a, b, _ in list_spans(tags)]
    for i, marks in enumerate(mark_known(words)):
        if ("organisation-S" in marks and not any(a <= i < b and b - a > 1 for a, b in spans)) or "organisation-B" in marks:
            labels[i] = "B-ORG"
        elif "organisation-I" in marks or "organisation-E" in marks:
            labels[i] = "I-ORG"
    return mend_iob(labels)


def read_lessons(path: Path, origin: int, mends: dict[str, str] | None = None) -> list[Lesson]:
    """IOB2 -> lessons; `mends` are names read anew, by the id of their sentence."""
    found = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        key = next(line for line in lines if line.startswith("# sent_id")).split("=", 1)[1].strip()
        words, gold = [r[1] for r in rows], [r[2] for r in rows]
        found.append((key.rsplit("-", 1)[0], words, label_names(words, mends[key]) if mends and key in mends else gold))
    return read_all(found, origin)


def read_all(found: list[tuple[str, list[str], list[str]]], origin: int) -> list[Lesson]:
    """Documents, words and labels of sentences -> lessons."""
    reader = load_reader()
    lessons: list[Lesson] = []
    rows = [Row(*layout_pieces(words, reader._pieces, reader._first, reader._last)) for _, words, _ in found]
    for batch in run_rows(reader._session, rows):
        for place, i in enumerate(batch.order):
            (name, words, gold), size = found[i], int(batch.sizes[place])
            upos = [reader._labels["upos"][k] for k in batch.out["upos"][place, :size]]
            tags = [reader._labels["xpos"][k] for k in batch.out["xpos"][place, :size]]
            read, marks = Read(words, upos, tags, batch.out["names"][place, :size]), mark_known(words)
            others = list_features(read, marks, range(size))
            features = [[*features_of_form(w), *o] for w, o in zip(words, others, strict=True)]
            looked = find_words(read, marks, take_log(read.scores)[:, 0])
            lessons.append(Lesson(name, read, gold, features, looked, origin))
    return sorted(lessons, key=lambda x: (x.document, x.read.forms))


def list_kept(lessons: list[Lesson]) -> list[str]:
    """Features that are common enough."""
    counts = Counter(f for lesson in lessons for features in lesson.features for f in set(features))
    word, letters = ("w=", "before=", "after="), ("s3=", "s2=", "p3=")
    least = {f: LEAST_WORD if f.startswith(word) else LEAST_LETTERS if f.startswith(letters) else LEAST for f in counts}
    return sorted(f for f, n in counts.items() if n >= least[f])


def pack(lessons: list[Lesson], ids: dict[str, int]) -> dict[str, Tensor]:
    """Lessons -> features of all words (0 none), log-probabilities, labels of the words looked at, their origin; gaps between."""
    size = sum(len(x.gold) + REACH for x in lessons) + REACH
    features, log = np.zeros((size, MOST_FEATURES), np.int64), np.zeros((size, len(LABELS)), np.float32)
    gold, origin, at = np.full(size, IGNORE), np.zeros(size, np.int64), REACH
    for lesson in lessons:
        for i, names in enumerate(lesson.features):
            mine = [ids[f] + 1 for f in names if f in ids][:MOST_FEATURES]
            features[at + i, : len(mine)] = mine
        end = at + len(lesson.gold)
        log[at:end], origin[at:end] = take_log(lesson.read.scores), lesson.origin
        for i in lesson.looked:
            label = lesson.gold[i]
            gold[at + i] = LABELS.index(label) if label in LABELS else IGNORE if label.endswith("-O") else 0
        at = end + REACH
    return {"features": torch.tensor(features), "log": torch.tensor(log), "gold": torch.tensor(gold), "origin": torch.tensor(origin)}


class Network(nn.Module):
    """What `amity.language.names` runs, in floating point."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.rows = nn.ModuleList(nn.EmbeddingBag(features + 1, INNER, mode="sum", padding_idx=0) for _ in PLACES)
        for table in self.rows:
            nn.init.normal_(table.weight, 0, 0.03)
            table.weight.data[0] = 0
        self.near, self.hidden = nn.Linear(3 * len(LABELS), INNER), nn.Parameter(torch.zeros(INNER))
        self.last, self.again = nn.Linear(INNER, len(LABELS)), nn.Linear(3 * len(LABELS), len(LABELS), bias=False)
        nn.init.zeros_(self.again.weight)
        self.again.weight.data[:, len(LABELS) : 2 * len(LABELS)] = 0.5 * torch.eye(len(LABELS))

    def forward(self, held: dict[str, Tensor], at: Tensor, hide: Tensor) -> Tensor:
        """Words by index and whether (0 or 1) their scores are hidden -> scores."""
        near = torch.cat([held["log"][at - 1], held["log"][at], held["log"][at + 1]], 1) * (1 - hide)
        inner = self.near(near / 5) + hide * self.hidden
        for place, table in zip(PLACES, self.rows, strict=True):
            seen = held["features"][at + place]
            inner = inner + table(seen * (torch.rand(seen.shape) > FORGOT) if self.training else seen)
        return self.last(F.dropout(F.relu(inner), DROPOUT, self.training)) + self.again(near)


def train(lessons: list[Lesson], kept: list[str], seed: int = 0) -> Network:
    """Lessons -> a network whose weights are the running average of those of training."""
    torch.manual_seed(seed)
    held = pack(lessons, {f: i for i, f in enumerate(kept)})
    known, final = held["gold"] >= 0, held["origin"] == FINAL
    weights, hidden = torch.tensor(WEIGHTS), torch.tensor(HIDDEN)
    pool = torch.cat([torch.nonzero(known & ~final)[:, 0], *[torch.nonzero(known & final)[:, 0]] * COPIES])
    net, average = Network(len(kept)), Network(len(kept))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    total, done = EPOCHS * (len(pool) // WORDS), 0
    for _ in range(EPOCHS):
        order = pool[torch.randperm(len(pool))]
        for start in range(0, len(order) - WORDS + 1, WORDS):
            some = order[start : start + WORDS]
            for group in optimiser.param_groups:
                group["lr"] = RATE * max(0.02, 1 - done / total)
            origin = held["origin"][some]
            hide = (torch.rand(WORDS) < hidden[origin]).float()[:, None]
            losses = F.cross_entropy(net(held, some, hide), held["gold"][some], reduction="none")
            loss = (losses * weights[origin]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            done += 1
            share = min(AVERAGE, done / (done + 10))
            with torch.no_grad():
                for mine, theirs in zip(average.parameters(), net.parameters(), strict=True):
                    mine.mul_(share).add_(theirs, alpha=1 - share)
    return average.eval()


def keep(net: Network, kept: list[str], path: Path) -> None:
    """Write the weights as `SecondLook` reads them: rows of features in whole numbers, the rest in float32."""
    tables = np.stack([t.weight.detach().numpy()[1:] for t in net.rows], 1)
    # One weight in a hundred thousand is cut off: the range of a place is ruled by a few.
    unit = np.maximum(np.quantile(np.abs(tables), 0.99999, axis=(0, 2)), 1e-6).astype(np.float32) / MOST
    rows = np.clip(np.round(tables / unit[None, :, None]), -MOST, MOST).astype(np.int8).reshape(len(kept), -1)
    state = {k: v.numpy() for k, v in net.state_dict().items()}
    np.savez_compressed(
        path, features=np.array("\n".join(kept)), rows=rows, unit=unit, near=state["near.weight"].T / 5, bias=state["near.bias"],
        last=state["last.weight"].T, last_bias=state["last.bias"], again=state["again.weight"].T,
    )  # fmt: skip


def score(lessons: list[Lesson], found: list[Spans]) -> str:
    """F1 over all and by kind, in percent."""
    hits, mine, gold = Counter[str](), Counter[str](), Counter[str]()
    for lesson, spans in zip(lessons, found, strict=True):
        right = set(list_spans(mend_iob(lesson.gold)))
        for some, count in ((right & spans, hits), (spans, mine), (right, gold)):
            count.update([k for _, _, k in some] + ["all"] * len(some))
    return " ".join(f"{k} {200 * hits[k] / max(1, mine[k] + gold[k]):.1f}" for k in ("all", "PER", "LOC", "ORG"))


def look(lessons: list[Lesson], path: Path) -> list[Spans]:
    """Names by the weights in a file, as the reader finds them."""
    return [set(decode_spans(s, LABELS)) for s in SecondLook(path).weigh([x.read for x in lessons])]


def fold(draft: list[Lesson], final: list[Lesson], kept: list[str], path: Path) -> None:
    """Print F1 before and after, each document judged by a network that has not seen it."""
    documents = sorted({x.document for x in final})
    random.Random(0).shuffle(documents)
    place = {name: i % FOLDS for i, name in enumerate(documents)}
    print("before:", score(final, [set(decode_spans(x.read.scores, LABELS)) for x in final]), flush=True)
    asked, found = [], []
    for k in range(FOLDS):
        keep(train(draft + [x for x in final if place[x.document] != k], kept), kept, path)
        held = [x for x in final if place[x.document] == k]
        asked, found = asked + held, found + look(held, path)
    print("after, by folds:", score(asked, found), flush=True)


def main() -> None:
    """Read, fold if asked, train on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with uner/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", action="store_true", help="print F1 by folds over the development part first")
    args = parser.parse_args()
    torch.set_num_threads(1)
    draft = read_lessons(args.data / "uner/train-2022-draft.iob2", DRAFT, read_mends(MENDS)) + read_news(HERE / "plain")
    final = read_lessons(args.data / "uner/en_ewt-ud-dev.iob2", FINAL)
    kept = list_kept(draft + final)
    path = args.out / "names.npz"
    names = [i in x.looked for x in final for i, label in enumerate(x.gold) if label in LABELS[1:]]
    print(f"{sum(names)} of {len(names)} words of names are looked at")
    if args.folds:
        fold(draft, final, kept, path)
    keep(train(draft + final, kept), kept, path)
    print(f"wrote {path}: {len(kept)} features, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
