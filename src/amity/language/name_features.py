"""Words and their parts of speech -> features of each by name, from which `names.py` weighs the network's names once more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amity.language.words import SHAPE_MIXED, SHAPE_TITLE, SHAPE_UPPER, shape_of

Marks = Sequence[Sequence[str]]
# Words within names ("Bank of England"); two of them may stand between capitals.
JOINING = frozenset(("of", "and", "for", "the", "&", "-", "’s", "'s", "in", "to", "on", "'", "/"))
MOST_JOINING = 2
# Shares of capitals from which a sentence shouts, or is a title; shorter ones are neither.
LOUD, TITLED, SHORTEST = 0.6, 0.7, 3


def features_of_form(form: str) -> list[str]:
    """What a word shows by itself: shape, letters, length, beginning and end.

    >>> features_of_form("U.N.")
    ['shape3', 'len4', 'dot', 'w=u.n.', 's3=.n.', 's2=n.', 'p3=u.n']
    """
    shape, low = shape_of(form), form.lower().replace("’", "'")
    marks = (("digit", any(c.isdigit() for c in form)), ("dot", "." in form[1:]), ("address", "@" in form))
    found = [f"shape{shape}", f"len{min(len(form), 7)}", *(name for name, holds in marks if holds), f"w={low}"]
    if form[0].isupper() and form[1:] in ("", "."):
        found.append("initial")
    if shape in (SHAPE_TITLE, SHAPE_UPPER, SHAPE_MIXED):
        found += ["s3=" + low[-3:], "s2=" + low[-2:], "p3=" + low[:3]]
    return found


def features_of_sentence(forms: Sequence[str], capital: Sequence[bool]) -> list[str]:
    """Whether the whole shouts or is a title: capitals tell little there."""
    begun = sum(f[0].isalpha() for f in forms)
    if begun >= SHORTEST and sum(f.isupper() and len(f) > 1 for f in forms) > LOUD * begun:
        return ["loud"]
    return ["titled"] if begun > SHORTEST and sum(capital) > TITLED * begun else []


def features_of_runs(forms: Sequence[str], capital: Sequence[bool], marks: Marks) -> list[list[str]]:
    """Words -> for those with capitals, what is known of the words with capitals beside them, and of these joined by `of` or `and`."""
    found: list[list[str]] = [[] for _ in forms]
    for joined in join_runs(forms, capital):
        kinds = [f"joined:{k}" for k in _kinds(marks[joined[0][0] : joined[-1][1]])] + ["joined"] if len(joined) > 1 else []
        for a, b in joined:
            shared = [f"run{min(b - a, 4)}", *kinds, *(f"any:{k}" for k in _kinds(marks[a:b]))]
            shared += [f"begins:{k}" for k in _kinds(marks[a : a + 1])] + [f"ends:{k}" for k in _kinds(marks[b - 1 : b])]
            shared += [f"before={forms[a - 1].lower()}"] if a else []
            shared += [f"after={forms[b].lower()}"] if b < len(forms) else []
            for i in range(a, b):
                found[i] = [*shared, "run-begins" if i == a else "run-ends" if i == b - 1 else "run-inside"]
        for i in range(joined[0][1], joined[-1][0]):
            found[i] = found[i] or kinds
    return found


def join_runs(forms: Sequence[str], capital: Sequence[bool]) -> Iterator[list[tuple[int, int]]]:
    """Runs of words with capitals, those in one list that only joining words part.

    >>> list(join_runs("He left the Bank of England".split(), [True, False, False, True, False, True]))
    [[(0, 1)], [(3, 4), (5, 6)]]
    """
    runs: list[tuple[int, int]] = []
    for i, is_capital in enumerate(capital):
        if not is_capital:
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
            continue
        gap = forms[runs[-1][1] : i] if runs else ()
        if runs and (len(gap) > MOST_JOINING or not all(w.lower() in JOINING for w in gap)):
            yield runs
            runs = []
        runs.append((i, i + 1))
    if runs:
        yield runs


def _kinds(marks: Marks) -> list[str]:
    """Classes of some words' marks, each once."""
    return list(dict.fromkeys(m[:-2] for word in marks for m in word))
