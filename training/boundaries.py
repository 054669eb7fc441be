"""Train the network of sentence ends: `python training/boundaries.py --data LANGUAGE --out src/amity/model` (minutes).

English-EWT (CC BY-SA 4.0), training part: paragraphs as published, half of them joined by blanks so that ends of paragraphs
teach too. News written for the project (`plain/`) shows how print ends its sentences; some sentences lose their stop, some
paragraphs their capitals, some lines get the capitals of a title. Figures on the development part are printed.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from amity.reading.boundaries import FIRST, MOST, ROWS, SECOND, find_doubtful, read_words
from amity.reading.sentences import TOKEN, find_stops

HERE = Path(__file__).resolve().parent
# Widths of a word's vector and of the layers; 64 and 128 gain nothing on the development part.
VECTOR, INNER = 48, 96
EPOCHS, RATE, DECAY, WORDS, SEED = 16, 3e-3, 0.01, 3000, 1
# Shares put to nought in training: of values, of words' letters, of features.
DROPOUT, UNKNOWN, FORGOT = 0.35, 0.2, 0.05
# Shares of paragraphs that are joined to the one before, put in lower case, lose stops, get a title's capitals; of print in an epoch.
JOINED, LOWERED, UNSTOPPED, TITLED, PRINT = 0.5, 0.03, 0.05, 0.03, 0.25
LONGEST_JOINED = 4000
AVERAGE = 0.998

Sentences = list[tuple[str, bool]]  # text, and whether a space follows
Batch = tuple[Tensor, ...]


def read_documents(path: Path) -> list[list[Sentences]]:
    """CoNLL-U -> documents of paragraphs of sentences; the last of a paragraph is followed by a space."""
    documents: list[list[Sentences]] = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        if not documents or any(x.startswith("# newdoc") for x in lines):
            documents.append([])
        if not documents[-1] or any(x.startswith("# newpar") for x in lines):
            documents[-1].append([])
        text = next(x[9:] for x in lines if x.startswith("# text = "))
        spaced = "SpaceAfter=No" not in [x for x in lines if x and x[0].isdigit()][-1]
        documents[-1][-1].append((text, spaced))
    return [[[*p[:-1], (p[-1][0], True)] for p in d] for d in documents]


def read_print(dice: random.Random) -> Iterator[Sentences]:
    """Sentences of news written for the project, in paragraphs of one to five as they come."""
    for path in sorted((HERE / "plain").glob("*.txt")):
        lines = [x.strip() for x in path.read_text(encoding="utf-8").split("\n") if x.strip()]
        while lines:
            size = dice.randint(1, 5)
            if dice.random() < PRINT:
                yield [(x, True) for x in lines[:size]]
            lines = lines[size:]


def join_paragraphs(documents: list[list[Sentences]], share: float, dice: random.Random) -> Iterator[Sentences]:
    """Paragraphs, each joined to the one before with this chance, within a document."""
    for document in documents:
        part: Sentences = []
        for paragraph in document:
            if part and (dice.random() >= share or sum(len(t) for t, _ in part) > LONGEST_JOINED):
                yield part
                part = []
            part = part + paragraph
        yield part


def roughen(paragraph: Sentences, dice: random.Random) -> Sentences:
    """A paragraph as it is, without its capitals, without some of its stops, or as a title."""
    chance = dice.random()
    if chance < LOWERED:
        return [(t.lower(), s) for t, s in paragraph]
    if chance < LOWERED + UNSTOPPED:
        return [(t.rstrip(".!?") or t, s) if dice.random() < 0.5 else (t, s) for t, s in paragraph]
    if chance < LOWERED + UNSTOPPED + TITLED:
        title = paragraph[0][0].rstrip(".").split()[:16]
        return [(" ".join(w[0].upper() + w[1:] if len(w) > 3 else w for w in title), True)]
    return paragraph


def lay_out(paragraph: Sentences) -> tuple[list[str], list[bool], list[bool]]:
    """A paragraph -> its words, whether the rules end a sentence after each, and whether one ends."""
    text, ends = "", set()
    for sentence, spaced in paragraph:
        text += sentence
        ends.add(len(text))
        text += " " if spaced else ""
    ruled = find_stops(text, 0, len(text.rstrip()))
    tokens = list(TOKEN.finditer(text))
    return [t.group() for t in tokens], [t.end() in ruled for t in tokens], [t.end() in ends for t in tokens]


def lay_out_all(paragraphs: list[Sentences]) -> Iterator[Batch]:
    """Paragraphs -> batches: features, kinds, number of the paragraph of each word, doubtful places, truths."""
    laid, size = [], 0
    for k, paragraph in enumerate(paragraphs):
        laid.append(lay_out(paragraph))
        size += len(laid[-1][0])
        if size >= WORDS or k + 1 == len(paragraphs):
            features, kinds, starts = read_words([(w, r) for w, r, _ in laid])
            places = find_doubtful(features, kinds)
            truth = np.zeros(len(kinds), np.float32)
            for start, (_, _, ends) in zip(starts, laid, strict=True):
                truth[start : start + len(ends)] = ends
            owner = np.clip(np.searchsorted(starts, np.arange(len(kinds)), side="right") - 1, 0, None)
            yield tuple(torch.from_numpy(np.ascontiguousarray(x)) for x in (features[:, :-1], kinds, owner, places, truth[places]))
            laid, size = [], 0


class Network(nn.Module):
    """What `amity.reading.boundaries` runs, in floating point."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(1 + sum(ROWS.values()), VECTOR, padding_idx=0)
        self.kind = nn.Embedding(5, VECTOR)
        nn.init.normal_(self.table.weight, 0, 0.2)
        nn.init.normal_(self.kind.weight, 0, 0.3)
        self.first = nn.Linear(FIRST * VECTOR, INNER)
        self.second = nn.Linear(SECOND * INNER, INNER)
        self.whole = nn.Linear(INNER, INNER, bias=False)
        self.third = nn.Linear(INNER, INNER)
        self.last = nn.Linear(INNER, 1)

    def run(self, features: Tensor, kinds: Tensor, owner: Tensor, places: Tensor) -> dict[str, Tensor]:
        """Every layer's values; `logit` is the last."""
        vectors = self.drop(self.table(features).sum(1) + self.kind(kinds))
        padded = functional.pad(vectors, (0, 0, FIRST // 2, FIRST // 2))
        first = functional.relu(self.first(padded.unfold(0, FIRST, 1).transpose(1, 2).reshape(len(vectors), -1)))
        real = (kinds > 0).float()[:, None]
        count = int(owner.max()) + 1
        means = torch.zeros(count, INNER).index_add_(0, owner, first * real) / torch.zeros(count, 1).index_add_(0, owner, real)
        window = places[:, None] + torch.arange(-(SECOND // 2), SECOND // 2 + 1)
        second = self.drop(
            functional.relu(self.second(self.drop(first)[window].reshape(len(places), -1)) + self.whole(means)[owner[places]])
        )
        third = functional.relu(self.third(second))
        return {"vectors": vectors, "first": first, "second": second, "third": third, "logit": self.last(second + third).squeeze(1)}

    def drop(self, values: Tensor) -> Tensor:
        """Dropout, in training."""
        return functional.dropout(values, DROPOUT, self.training)


def forget(features: Tensor) -> Tensor:
    """Some words lose their letters, some features are lost."""
    letters = torch.tensor([kind in ("core", "begin", "end") for kind in ROWS])
    lost = (torch.rand(len(features), 1) < UNKNOWN) & letters | (torch.rand(features.shape) < FORGOT)
    return features.masked_fill(lost, 0)


def train(documents: list[list[Sentences]], seed: int) -> Network:
    """Documents -> a network whose weights are the running average of those of training."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    net, average = Network(), Network()
    average.load_state_dict(net.state_dict())
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    done, total = 0, 0
    for epoch in range(EPOCHS):
        paragraphs = [roughen(p, dice) for p in [*join_paragraphs(documents, JOINED, dice), *read_print(dice)]]
        dice.shuffle(paragraphs)
        batches = list(lay_out_all(paragraphs))
        total = total or EPOCHS * len(batches)
        net.train()
        spent = 0.0
        for features, kinds, owner, places, truth in batches:
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, (done + 1) / 50) * max(0.02, 1 - done / total)
            loss = functional.binary_cross_entropy_with_logits(net.run(forget(features), kinds, owner, places)["logit"], truth)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            done, spent = done + 1, spent + loss.item()
            kept = min(AVERAGE, done / (done + 10))
            with torch.no_grad():
                for mine, theirs in zip(average.parameters(), net.parameters(), strict=True):
                    mine.mul_(kept).add_(theirs, alpha=1 - kept)
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {spent / len(batches):.4f}", flush=True)
    return average.eval()


def to_whole(weights: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """A layer's weights, outputs by inputs -> whole numbers, inputs by outputs, and the unit of each output."""
    unit = weights.abs().amax(1).clamp(min=1e-6) / MOST
    return torch.round(weights / unit[:, None]).t().to(torch.int8).numpy(), unit.numpy()


@torch.no_grad()
def quantise(net: Network, batches: list[Batch]) -> dict[str, np.ndarray]:
    """Network and some paragraphs, for the range of its values -> the arrays that `amity.reading.boundaries` loads."""
    values = [net.run(*batch[:4]) for batch in batches]
    # One value in ten thousand is cut off: the ranges are ruled by a few.
    top = {k: max(float(np.quantile(v[k].abs().numpy(), 0.9999)) for v in values) / MOST for k in ("vectors", "first", "second", "third")}
    out: dict[str, np.ndarray] = {
        "table": torch.round(net.table.weight / top["vectors"]).clamp(-MOST, MOST).to(torch.int8).numpy(),
        "kind": torch.round(net.kind.weight / top["vectors"]).clamp(-MOST, MOST).to(torch.int8).numpy(),
    }
    first, unit = to_whole(net.first.weight)
    out |= {"first": first.reshape(FIRST, VECTOR, INNER), "first_scale": unit * top["vectors"] / top["first"]}
    out["first_bias"] = net.first.bias.numpy() / top["first"]
    out["second"], unit = to_whole(net.second.weight)
    out["second_unit"] = unit * top["first"]
    out["whole"], unit = to_whole(net.whole.weight)
    out["whole_unit"] = unit * top["first"]
    out |= {"second_scale": np.full(INNER, 1 / top["second"]), "second_bias": net.second.bias.numpy() / top["second"]}
    out["third"], unit = to_whole(net.third.weight)
    out |= {"third_scale": unit * top["second"] / top["third"], "third_bias": net.third.bias.numpy() / top["third"]}
    last, unit = to_whole(net.last.weight)
    out |= {"last": last[:, 0], "last_unit": float(unit[0]) * np.array([top["second"], top["third"]]), "last_bias": net.last.bias.numpy()}
    return {k: v if v.dtype == np.int8 else v.astype(np.float32) for k, v in out.items()}


def main() -> None:
    """Train, save, print figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ewt/")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    documents = read_documents(args.data / "ewt/en_ewt-ud-train.conllu")
    net = train(documents, SEED)
    arrays = quantise(net, list(lay_out_all(list(join_paragraphs(documents, 0.0, random.Random(0)))))[:40])
    np.savez_compressed(args.out / "boundaries.npz", **arrays)
    held = read_documents(args.data / "ewt/en_ewt-ud-dev.conllu")
    for name, share in (("paragraphs kept", 0.0), ("all joined", 1.0)):
        batches = list(lay_out_all(list(join_paragraphs(held, share, random.Random(0)))))
        with torch.no_grad():
            logits = torch.cat([net.run(*b[:4])["logit"] for b in batches])
        truth = torch.cat([b[4] for b in batches]) > 0.5
        for limit in (-0.5, 0.0, 0.5, 1.0):
            guess = logits > limit
            hits = int((guess & truth).sum())
            print(f"{name}, above {limit}: precision {hits / int(guess.sum()):.3f}, recall {hits / int(truth.sum()):.3f}")


if __name__ == "__main__":
    main()
