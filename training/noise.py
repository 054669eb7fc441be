"""Clean trees -> the same trees as newsrooms, scrapers, scanners and translators mangle them.

Each change keeps a valid tree: tokens are only re-spelt, or removed when nothing hangs on them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from names import NamePool
from treebank import Tree

# Shares of training sentences that get each kind of noise, chosen once, not tuned.
SHARE_CURLY, SHARE_CAPS, SHARE_LOWER, SHARE_TITLE, SHARE_NO_COMMA, SHARE_NO_STOP = 0.20, 0.05, 0.02, 0.02, 0.06, 0.08
SHARE_NO_ARTICLES, SHARE_MISREAD, SHARE_NAMES = 0.03, 0.02, 0.15
# In a misread sentence, one word in so many has a letter confused.
MISREAD_EVERY = 8
# What optical character recognition confuses most.
CONFUSED = (("rn", "m"), ("m", "rn"), ("l", "1"), ("o", "0"), ("e", "c"), ("h", "b"), ("i", "l"), ("cl", "d"))
ARTICLES = frozenset({"the", "a", "an"})


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


def lower(tree: Tree) -> Tree:
    """No capitals at all."""
    return replace(tree, words=[w.lower() for w in tree.words])


def title(tree: Tree) -> Tree:
    """Longer words with a capital, as other headlines are."""
    return replace(tree, words=[w[:1].upper() + w[1:] if len(w) > 3 else w for w in tree.words])


def misread(tree: Tree, dice: random.Random) -> Tree:
    """One word in a few with a letter as a scanner misreads it."""

    def spoil(word: str) -> str:
        wrong, right = dice.choice(CONFUSED)
        return word.replace(wrong, right, 1) if len(word) > 3 and dice.randrange(MISREAD_EVERY) == 0 else word

    return replace(tree, words=[spoil(w) for w in tree.words])


def drop_tokens(tree: Tree, doomed: Callable[[str], bool]) -> Tree:
    """Remove leaf tokens of some spelling; a token that others hang on is kept."""
    held = {h - 1 for h in tree.heads if h}
    keep = [i for i, w in enumerate(tree.words) if not doomed(w) or i in held or tree.heads[i] == 0]
    if len(keep) == len(tree.words):
        return tree
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
        quotes=pick(tree.quotes) if tree.quotes else None,
        soft=_pick_soft(tree.soft, keep),
    )


def _pick_soft(soft: dict | None, keep: list[int]) -> dict | None:
    if soft is None:
        return None
    kept = {k: v[keep] for k, v in soft.items()}
    return kept | {"arcs": kept["arcs"][:, [0, *(i + 1 for i in keep)]]}


def roughen(tree: Tree, dice: random.Random, pool: NamePool) -> Tree:
    """Apply each kind of noise with its share."""

    def falls(share: float) -> bool:
        return dice.random() < share

    if tree.names and falls(SHARE_NAMES):
        tree = pool.rename(tree, dice)
    if falls(SHARE_NO_COMMA):
        tree = drop_tokens(tree, lambda w: w == ",")
    if falls(SHARE_NO_ARTICLES):
        tree = drop_tokens(tree, lambda w: w.lower() in ARTICLES)
    if falls(SHARE_NO_STOP) and tree.words[-1] in (".", "!", "?"):
        tree = drop_last(tree)
    if falls(SHARE_CURLY):
        tree = curl_quotes(tree)
    if falls(SHARE_MISREAD):
        tree = misread(tree, dice)
    for share, change in ((SHARE_CAPS, shout), (SHARE_LOWER, lower), (SHARE_TITLE, title)):
        if falls(share):
            return change(tree)
    return tree


def drop_last(tree: Tree) -> Tree:
    """Without the last token, where nothing hangs on it."""
    mark, count, seen = tree.words[-1], tree.words.count(tree.words[-1]), 0

    def is_last(word: str) -> bool:
        nonlocal seen
        seen += word == mark
        return word == mark and seen == count

    return drop_tokens(tree, is_last)
