"""The reader beside a spaCy CNN pipeline trained here on the same treebank: `python -m bench.peers words`, some minutes.

Both read UD English-EWT test by its own tokens. The peer is spaCy's small recipe for a CPU (hash embeddings, four CNN
layers, tagger and transition parser sharing them), trained on the training part for EPOCHS rounds with spaCy's own rates;
more rounds gain it little. amity's reader also learnt from other text (see training/README.md), which is what it has to offer.
Words a second are of the processor, one after the other in one process.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

from amity.language import load_reader
from bench import Skipped
from bench.reader import score_gold_tokens
from bench.treebank import Gold, load_conllu

EPOCHS, DROPOUT, SEED = 10, 0.1, 0
# Words of one step, growing as spaCy's recipe has it, and words of one batch in reading.
FIRST_BATCH, LAST_BATCH, GROWTH = 100, 1000, 1.001
READ_AT_ONCE = 64


def make_pipeline() -> Any:
    """An untrained pipeline."""
    try:
        import spacy
    except ImportError as error:
        raise Skipped("spacy is not installed: pip install 'amity[peers]'") from error
    nlp = spacy.blank("en")
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp.add_pipe("tok2vec")
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    parser = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False, "tok2vec": shared}
    nlp.add_pipe("parser", config={"model": parser | {"hidden_width": 64, "maxout_pieces": 2, "use_upper": True}})
    return nlp


def make_examples(nlp: Any, golds: list[Gold]) -> list[Any]:
    """Gold sentences as spaCy's examples."""
    from spacy.tokens import Doc
    from spacy.training import Example

    found = []
    for gold in golds:
        heads = [i if h == 0 else h - 1 for i, h in enumerate(gold.heads)]
        labels = {"heads": heads, "deps": [r.split(":")[0] for r in gold.rels], "tags": list(gold.xpos)}
        found.append(Example.from_dict(Doc(nlp.vocab, words=list(gold.forms)), labels))
    return found


def train(nlp: Any, examples: list[Any]) -> None:
    """Fit in place."""
    dice = random.Random(SEED)
    optimizer = nlp.initialize(lambda: examples)
    size = float(FIRST_BATCH)
    for epoch in range(EPOCHS):
        dice.shuffle(examples)
        losses: dict[str, float] = {}
        start = 0
        while start < len(examples):
            stop, words = start, 0
            while stop < len(examples) and words < size:
                words += len(examples[stop])
                stop += 1
            nlp.update(examples[start:stop], drop=DROPOUT, sgd=optimizer, losses=losses)
            start, size = stop, min(LAST_BATCH, size * GROWTH)
        print(f"epoch {epoch + 1} of {EPOCHS}: {', '.join(f'{k} {v:.0f}' for k, v in losses.items())}", flush=True)


def read_all(nlp: Any, golds: list[Gold]) -> Iterator[Any]:
    """The test's sentences, by their own tokens."""
    from spacy.tokens import Doc

    yield from nlp.pipe((Doc(nlp.vocab, words=list(g.forms)) for g in golds), batch_size=READ_AT_ONCE)


def run() -> dict[str, float | int | str]:
    """UAS, LAS on universal relations, tags in percent, and words a CPU second, of both."""
    nlp = make_pipeline()
    train(nlp, make_examples(nlp, load_conllu(None, "train")))
    test = load_conllu(None, "test")
    start = time.process_time()
    docs = list(read_all(nlp, test))
    spent = time.process_time() - start
    hit = {"uas": 0, "las": 0, "xpos": 0}
    for gold, doc in zip(test, docs, strict=True):
        for i, token in enumerate(doc):
            head = 0 if token.head.i == i else token.head.i + 1
            hit["uas"] += head == gold.heads[i]
            hit["las"] += head == gold.heads[i] and token.dep_.lower() == gold.rels[i].split(":")[0].lower()
            hit["xpos"] += token.tag_ == gold.xpos[i]
    words = sum(len(g.forms) for g in test)
    theirs = {k: 100 * v / words for k, v in hit.items()} | {"words_per_cpu_second": words / spent}
    ours = score_gold_tokens(load_reader(), test)
    return {"peer": "spaCy CNN, trained here"} | {f"{k}_amity": ours[k] for k in theirs} | {f"{k}_peer": v for k, v in theirs.items()}
