"""Table of lemmas from the treebank: `python training/lemmas.py --data LANGUAGE --out src/amity/model` (seconds).

English-EWT (CC BY-SA 4.0), training part: words whose lemma differs from their form, and inflected ones whose does not,
by tag. Where the treebank is of two minds the head of the network decides.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from amity.language.lemmas import INFLECTED
from treebank import Tree, read_conllu

# Least share of a word's most common lemma; below it the sentence must decide.
AGREED = 0.8


def count_lemmas(trees: list[Tree]) -> dict[tuple[str, str], Counter[str]]:
    """Trees -> lemmas of each (form, tag), proper nouns left out."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for tree in trees:
        for form, tag, upos, lemma in zip(tree.words, tree.xpos, tree.upos, tree.lemmas, strict=True):
            if upos != "PROPN" and lemma != "_":
                counts[form.lower(), tag][lemma] += 1
    return counts


def main() -> None:
    """Count, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ewt/")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = []
    for (form, tag), found in sorted(count_lemmas(read_conllu(args.data / "ewt/en_ewt-ud-train.conllu")).items()):
        lemma, count = found.most_common(1)[0]
        if count >= AGREED * found.total() and (lemma != form or tag in INFLECTED) and "\t" not in form:
            rows.append(f"{form}\t{tag}\t{lemma}")
    (args.out / "lemmas.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(len(rows), "lemmas")


if __name__ == "__main__":
    main()
