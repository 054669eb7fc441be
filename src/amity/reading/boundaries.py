"""Words of paragraphs -> how likely a sentence ends between each two: a small network beside the rules.

Web text, mail and forums end sentences without a full stop, or begin them in lower case; rules cannot know. Five features
of each word (its letters, beginning, end, shape and marks) are hashed into vectors and added; one layer reads five words,
the next seven of its places and the mean of the paragraph. Trained on the English Web Treebank by `training/boundaries.py`.

Weights and values between the layers are whole numbers below 128, so that sums in float32 are exact: a paragraph gives the
same alone, in company and on any processor, before the style of the document is taken into account.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

FILE = Path(__file__).resolve().parents[1] / "model" / "boundaries.npz"
# Rows of the table of vectors for each feature: about as many as the training part has different words, beginnings, ends.
ROWS = {"core": 16384, "begin": 2048, "end": 4096, "shape": 2048, "marks": 512}
# Letters of a word that are read; longer words are addresses, of which head and tail are looked at.
LONGEST, HEAD, TAIL = 20, 40, 20
# Words that the first layer reads, and its places that the second reads; blanks between paragraphs keep them apart.
FIRST, SECOND = 5, 7
GAP = FIRST // 2 + SECOND // 2
# Words read at once: what fits a processor's cache, and a bound on memory for paragraphs of any length.
AT_ONCE = 2000
# Largest whole number between the layers: 7 x 128 products below 127 x 127 add up exactly in float32.
MOST = 127
# Share of ends among doubtful places without a ruled end that goes without shift, weight of that in places, rounds. Chosen on the
# development part, with as few ends of hand-coded news changed as can be.
SHARE, PLACES, ROUNDS = 0.1, 25, 6
# The last letter of Latin scripts; of words with others the network knows nothing.
LATIN = "\u024f"
EDGE = "\"'“”‘’()[]<>.,;:!?*-_=…"
DIGIT = re.compile(r"\d")

Paragraph = tuple[Sequence[str], Sequence[bool]]


def shape_of(word: str) -> str:
    """Word -> its letters by kind, runs shortened: A upper, a lower, 0 digit, other characters as they are.

    >>> shape_of("Graae."), shape_of("U.S."), shape_of("08/17/2000")
    ('Aa.', 'A.A.', '0/0/0')
    """
    out: list[str] = []
    for c in word[:LONGEST]:
        kind = "A" if c.isupper() else "a" if c.isalpha() else "0" if c.isdigit() else c
        if not out or out[-1] != kind:
            out.append(kind)
    return "".join(out)


# Words kept: far more than a report has, few megabytes.
@lru_cache(maxsize=1 << 15)
def list_features(word: str) -> tuple[int, ...]:
    """Word -> its rows in the table of vectors, and a number that says how it may stand at an end (see `find_doubtful`).

    >>> list_features("Aleppo.")[:5] == list_features("Aleppo,")[:5], list_features("Aleppo")[0] == list_features("aleppo.")[0]
    (False, True)
    """
    low = word[:LONGEST].lower()
    core = DIGIT.sub("0", low.strip(EDGE))
    address = "/" in word or "@" in word or low.startswith("www")
    shape = "@" if "@" in word else "/" if low.startswith(("http", "www.")) else shape_of(word)
    first = "" if word[0].isalnum() else word[0]
    length = "L" if len(word) > 3 else "S"
    marks = first + " " + "".join(c for c in word[-3:] if not c.isalnum())
    texts = (core, core[:3], core[-3:], shape + length, marks)
    rows, start = [], 1
    for (kind, size), text in zip(ROWS.items(), texts, strict=True):
        rows.append(start + crc32((kind + text).encode("utf-8", "replace")) % size)
        start += size
    foreign = any(c > LATIN and c.isalpha() for c in low)
    return (*rows, word[-1].islower() + 2 * word[0].islower() + 4 * address + 8 * foreign)


def read_words(paragraphs: Sequence[Paragraph]) -> tuple[Any, Any, Any]:
    """Paragraphs -> features of their words, kind of each place and where each paragraph begins.

    The kind is 0 between paragraphs, else 1, or 2 where the rules see an end; 3 or 4 where the word before is the same.
    """
    import numpy as np

    blank = (0,) * (len(ROWS) + 1)
    rows, kinds, starts = [blank] * GAP, [0] * GAP, []
    for words, ruled in paragraphs:
        starts.append(len(rows))
        rows += [list_features(w if len(w) <= HEAD else w[:HEAD] + w[-TAIL:]) for w in words] + [blank] * GAP
        kinds += [1 + r for r in ruled] + [0] * GAP
    features = np.array(rows, dtype=np.int32)
    kind = np.array(kinds, dtype=np.int32)
    same = (features[1:, 0] == features[:-1, 0]) & (kind[1:] > 0) & (kind[:-1] > 0)
    kind[1:][same] += 2
    return features, kind, np.array(starts)


def find_doubtful(features: Any, kinds: Any) -> Any:
    """Places the network is asked about: not between lower-case letters, addresses aside, nor beside other scripts, nor at a last word."""
    import numpy as np

    left, right = features[:-1, -1], features[1:, -1]
    plain = ((left & 1) > 0) & ((right & 2) > 0) & (((left | right) & 4) == 0)
    return np.flatnonzero(~plain & (((left | right) & 8) == 0) & (kinds[:-1] > 0) & (kinds[1:] > 0))


@cache
def load_network() -> dict[str, Any]:
    """The weights as float32, loaded once a process."""
    import numpy as np

    with np.load(FILE) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def apply_layer(net: dict[str, Any], name: str, sums: Any) -> Any:
    """Sums of a layer -> its values as whole numbers from 0 to MOST, in place."""
    import numpy as np

    sums *= net[f"{name}_scale"]
    sums += net[f"{name}_bias"]
    np.rint(sums, out=sums)
    return np.clip(sums, 0, MOST, out=sums)


def run_network(features: Any, kinds: Any, starts: Any, places: Any) -> Any:
    """Words of paragraphs -> logit of an end at each of the places."""
    import numpy as np

    net = load_network()
    vectors = net["kind"][kinds]
    for k in range(len(ROWS)):
        vectors += net["table"][features[:, k]]
    np.clip(vectors, -MOST, MOST, out=vectors)
    inner = len(vectors) - FIRST + 1
    sums = vectors[:inner] @ net["first"][0]
    for k in range(1, FIRST):
        sums += vectors[k : k + inner] @ net["first"][k]
    first = apply_layer(net, "first", sums)  # row i is about word i + FIRST // 2
    ends = np.append(starts[1:], len(kinds)) - GAP
    half = FIRST // 2
    totals = np.add.reduceat(first, np.stack([starts - half, ends - half], 1).ravel(), axis=0)[::2]
    means = np.rint(totals / (ends - starts)[:, None].astype(np.float32))
    window = places[:, None] + np.arange(-(SECOND // 2) - half, SECOND // 2 + 1 - half)
    sums = first[window].reshape(len(places), -1) @ net["second"]
    sums *= net["second_unit"]
    about = (means @ net["whole"]) * net["whole_unit"]
    sums += about[np.searchsorted(starts, places, side="right") - 1]
    second = apply_layer(net, "second", sums)
    third = apply_layer(net, "third", second @ net["third"])
    return (second @ net["last"]) * net["last_unit"][0] + (third @ net["last"]) * net["last_unit"][1] + net["last_bias"]


def find_chances(paragraphs: Sequence[Paragraph]) -> list[dict[int, float]]:
    """Paragraphs, as words and whether the rules end a sentence after each -> logits of the places where one may end.

    A place is the number of the word before it; those that are left out are none. Time is linear in the words.
    """
    found: list[dict[int, float]] = [{} for _ in paragraphs]
    batch: list[tuple[int, int, int]] = []  # paragraph, first and last word
    size = 0
    for number, (words, _) in enumerate(paragraphs):
        for start in range(0, len(words), AT_ONCE):
            end = min(start + AT_ONCE, len(words))
            if size + end - start > AT_ONCE:
                judge_batch(paragraphs, batch, found)
                batch, size = [], 0
            batch.append((number, start, end))
            size += end - start
    judge_batch(paragraphs, batch, found)
    suit_style(paragraphs, found)
    return found


def suit_style(paragraphs: Sequence[Paragraph], found: list[dict[int, float]]) -> None:
    """Shift the logits of places where the rules see no end to how often this document has such ends.

    Print has none, chats have them in every line: the share is estimated from the logits themselves, by expectation
    maximisation with PLACES places of the usual share added. Source: Saerens, Latinne and Decaestecker, Neural Computation 14 (2002).
    """
    import numpy as np

    open_places = [(k, i) for k, (_, ruled) in enumerate(paragraphs) for i in found[k] if not ruled[i]]
    logits = np.array([found[k][i] for k, i in open_places])
    usual = np.log(SHARE / (1 - SHARE))
    shift = 0.0
    for _ in range(ROUNDS if open_places else 0):
        chance = 1 / (1 + np.exp(-(logits + shift)))
        share = (chance.sum() + PLACES * SHARE) / (len(logits) + PLACES)
        shift = float(np.log(share / (1 - share)) - usual)
    for (k, i), logit in zip(open_places, logits.tolist(), strict=True):
        found[k][i] = logit + shift


def judge_batch(paragraphs: Sequence[Paragraph], batch: list[tuple[int, int, int]], found: list[dict[int, float]]) -> None:
    """Put the logits of some stretches of paragraphs to those found; a stretch reads GAP words beyond either end."""
    wide = [(n, max(0, a - GAP), min(len(paragraphs[n][0]), b + GAP)) for n, a, b in batch]
    if not wide:
        return
    features, kinds, starts = read_words([(paragraphs[n][0][a:b], paragraphs[n][1][a:b]) for n, a, b in wide])
    places = find_doubtful(features, kinds)
    if not len(places):
        return
    logits = run_network(features, kinds, starts, places)
    owner = starts.searchsorted(places, side="right") - 1
    for place, part, logit in zip(places.tolist(), owner.tolist(), logits.tolist(), strict=True):
        number, first, last = batch[part]
        at = place - int(starts[part]) + wide[part][1]
        if first <= at < last:
            found[number][at] = logit
