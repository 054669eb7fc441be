"""The reader on a treebank: gold tokens, and raw text. English-EWT test unless `--data FILE.conllu`.

LAS is on universal relations (the part before a colon), `las_full` on whole labels; punctuation counts, as the
CoNLL shared task does. Raw text: documents joined as they were published, paragraphs parted by blank lines as the
shared task's raw files are, split and tokenised by amity; LAS is F1 over words whose characters agree. `joined_*` is
harder: 25 sentences in one line whatever their paragraph. Noise: the same gold tokens roughened; the loss is in points
of LAS. Thresholds of the sentence splitter and the quantiser were tuned on the development part.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from amity.language import Reader, load_reader
from amity.reading import split_sentences
from amity.records import Document, Sentence, Stretch
from bench.noise import NOISES
from bench.treebank import Gold, load_conllu

# Sentences of one raw document, about a newspaper article's length.
RAW_SENTENCES = 25


def lay_out(gold: Gold) -> tuple[Stretch, list[tuple[int, int]]]:
    """A gold sentence -> a stretch of its tokens with blanks between, and their places."""
    text, places = "", []
    for form in gold.forms:
        places.append((len(text), len(text) + len(form)))
        text += form + " "
    return Stretch(0, len(text), text, 0), places


def parse_gold(reader: Reader, gold: Gold) -> Sentence:
    """A gold sentence by its own tokens."""
    return reader.analyse("bench", 0, *lay_out(gold))


def score_gold_tokens(reader: Reader, golds: list[Gold]) -> dict[str, float]:
    """Shares of words right, in percent, and words per CPU second where an article's sentences are read together."""
    hit: Counter[str] = Counter()
    pairs = [lay_out(g) for g in golds]
    start = time.process_time()
    parsed = [s for k in range(0, len(pairs), RAW_SENTENCES) for s, _ in reader.analyse_all("bench", pairs[k : k + RAW_SENTENCES])]
    spent = time.process_time() - start
    for gold, sentence in zip(golds, parsed, strict=True):
        for i, word in enumerate(sentence.words):
            head_right = word.head + 1 == gold.heads[i]
            hit["uas"] += head_right
            hit["las"] += head_right and word.rel.split(":")[0] == gold.rels[i].split(":")[0]
            hit["las_full"] += head_right and word.rel == gold.rels[i]
            hit["upos"] += word.upos == gold.upos[i]
            hit["xpos"] += word.tag == gold.xpos[i]
            hit["lemma"] += word.lemma.lower() == gold.lemmas[i].lower()
    total = sum(len(g.forms) for g in golds)
    return {k: 100 * v / total for k, v in hit.items()} | {"words": total, "words_per_cpu_second": total / spent}


def place_words(gold: list[Gold]) -> tuple[str, list[tuple[int, int]], list[int], list[str], set[tuple[int, int]]]:
    """Gold sentences -> raw text, place of each word, head (index over all, -1 root), relation, sentence spans."""
    text, spans = "", set[tuple[int, int]]()
    places: list[tuple[int, int]] = []
    heads: list[int] = []
    rels: list[str] = []
    for g in gold:
        text += "\n\n" if g.opens and text else ""
        base, start, at = len(places), len(text), 0
        for i, form in enumerate(g.forms):
            found = g.text.find(form, at)
            at = found + len(form) if found >= 0 else at
            places.append((start + at - len(form), start + at))
            heads.append(base + g.heads[i] - 1 if g.heads[i] else -1)
            rels.append(g.rels[i].split(":")[0])
        spans.add((start, start + len(g.text)))
        text += g.text + (" " if g.spaced else "")
    return text, places, heads, rels, spans


def group_documents(golds: list[Gold]) -> list[list[Gold]]:
    """Sentences -> raw documents: whole paragraphs, at least so many sentences; without paragraphs, exactly so many."""
    groups: list[list[Gold]] = []
    parted = any(g.opens for g in golds)
    for gold in golds:
        full = not groups or len(groups[-1]) >= RAW_SENTENCES
        if full and (gold.opens or not parted or not groups):
            groups.append([])
        groups[-1].append(gold)
    return groups


def score_raw(reader: Reader, golds: list[Gold], name: str) -> dict[str, float]:
    """F1 of sentences, words and labelled arcs from raw text, in percent; figures are called after `name`."""
    right: Counter[str] = Counter()
    n_gold: Counter[str] = Counter()
    n_mine: Counter[str] = Counter()
    for document in group_documents(golds):
        text, places, heads, rels, spans = place_words(document)
        sentences = reader.parse("raw", split_sentences(Document("raw", text, "text")))
        mine = {(w.start, w.end): (s.words[w.head] if w.head >= 0 else None, w) for s in sentences for w in s.words}
        stretches = {(s.start, s.end) for s in sentences}
        for i, place in enumerate(places):
            if place in mine:
                head, word = mine[place]
                same = (head is None and heads[i] < 0) or (
                    head is not None and heads[i] >= 0 and places[heads[i]] == (head.start, head.end)
                )
                right["raw_las"] += same and word.rel.split(":")[0] == rels[i]
                right["raw_words"] += 1
        right["raw_sentences"] += len(spans & stretches)
        n_gold.update({"raw_las": len(places), "raw_words": len(places), "raw_sentences": len(spans)})
        n_mine.update({"raw_las": len(mine), "raw_words": len(mine), "raw_sentences": len(stretches)})
    return {k.replace("raw", name): 200 * right[k] / (n_gold[k] + n_mine[k]) for k in n_gold}


def score_noise(reader: Reader, golds: list[Gold], clean: float) -> dict[str, float]:
    """Points of LAS lost under each kind of noise, against that of the clean sentences."""
    return {f"lost_{name}": clean - score_gold_tokens(reader, [roughen(g) for g in golds])["las"] for name, roughen in NOISES.items()}


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures of the shipped reader."""
    golds = load_conllu(data, "test")
    reader = load_reader()
    figures = score_gold_tokens(reader, golds)
    joined = [replace(g, opens=False, spaced=True) for g in golds]
    raw = score_raw(reader, golds, "raw") | score_raw(reader, joined, "joined")
    return {**figures, **raw, **score_noise(reader, golds, figures["las"])}
