"""Gold sentences -> the same as newsrooms and translators mangle them; no benchmark itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bench.treebank import Gold

ARTICLES = frozenset({"the", "a", "an"})


def drop_leaves(gold: Gold, doomed: Callable[[str], bool]) -> Gold:
    """Without the words of some spelling on which nothing hangs."""
    held = set(gold.heads)
    keep = [i for i, form in enumerate(gold.forms) if not doomed(form) or i + 1 in held or not gold.heads[i]]
    place = {0: 0} | {old + 1: new + 1 for new, old in enumerate(keep)}

    def pick(column: list[str]) -> list[str]:
        return [column[i] for i in keep]

    return replace(
        gold,
        forms=pick(gold.forms),
        lemmas=pick(gold.lemmas),
        upos=pick(gold.upos),
        xpos=pick(gold.xpos),
        heads=[place[gold.heads[i]] for i in keep],
        rels=pick(gold.rels),
    )


def curl_quotes(gold: Gold) -> Gold:
    """Straight quotation marks and apostrophes -> curly ones."""
    forms, is_open = [], False
    for form in gold.forms:
        if form == '"':
            form, is_open = ("”" if is_open else "“"), not is_open
        forms.append(form.replace("'", "’"))
    return replace(gold, forms=forms)


def translate_badly(gold: Gold) -> Gold:
    """English as machine translation from languages without articles leaves it: none of them, and no commas."""
    return drop_leaves(gold, lambda form: form.lower() in ARTICLES or form == ",")


NOISES: dict[str, Callable[[Gold], Gold]] = {
    "no_commas": lambda g: drop_leaves(g, lambda form: form == ","),
    "capitals": lambda g: replace(g, forms=[f.upper() for f in g.forms]),
    "curly_quotes": curl_quotes,
    "bad_translation": translate_badly,
}
