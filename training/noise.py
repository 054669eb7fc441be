"""Clean trees -> the same trees as newsrooms and scrapers mangle them.

Each change keeps a valid tree: tokens are only re-spelt, or removed when nothing hangs on them.
"""

from __future__ import annotations

import random
from dataclasses import replace

from treebank import Tree

# Shares of training sentences that get each kind of noise, chosen once, not tuned.
SHARE_CURLY, SHARE_CAPS, SHARE_NO_COMMA, SHARE_NO_STOP = 0.20, 0.03, 0.04, 0.08


def curl_quotes(tree: Tree) -> Tree:
    """Straight quotation marks -> curly ones, opening and closing in turn."""
    words, is_open = [], False
    for word in tree.words:
        if word == '"':
            word, is_open = ("”" if is_open else "“"), not is_open
        words.append(word.replace("'", "’"))
    return replace(tree, words=words)


def shout(tree: Tree) -> Tree:
    """All words in capitals, as some headlines are."""
    return replace(tree, words=[w.upper() for w in tree.words])


def drop_tokens(tree: Tree, doomed: set[int]) -> Tree:
    """Remove 0-based leaf tokens; a token that others hang on is kept."""
    held = {h - 1 for h in tree.heads if h}
    keep = [i for i in range(len(tree.words)) if i not in doomed or i in held or tree.heads[i] == 0]
    place = {old + 1: new + 1 for new, old in enumerate(keep)} | {0: 0}

    def pick(column: list) -> list:
        return [column[i] for i in keep]

    return replace(
        tree,
        words=pick(tree.words),
        lemmas=pick(tree.lemmas),
        upos=pick(tree.upos),
        xpos=pick(tree.xpos),
        heads=[place[tree.heads[i]] for i in keep],
        rels=pick(tree.rels),
        names=pick(tree.names) if tree.names else None,
        spaces=pick(tree.spaces),
    )


def roughen(tree: Tree, dice: random.Random) -> Tree:
    """Apply each kind of noise with its share."""
    if dice.random() < SHARE_NO_COMMA:
        tree = drop_tokens(tree, {i for i, w in enumerate(tree.words) if w == ","})
    if dice.random() < SHARE_NO_STOP and tree.words[-1] in (".", "!", "?"):
        tree = drop_tokens(tree, {len(tree.words) - 1})
    if dice.random() < SHARE_CURLY:
        tree = curl_quotes(tree)
    if dice.random() < SHARE_CAPS:
        tree = shout(tree)
    return tree
