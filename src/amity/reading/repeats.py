"""Lines that say again what the page says elsewhere: repeated titles, cut-off teasers, standfirsts, pull quotes."""

from __future__ import annotations

import re

from amity.reading.page import Page
from amity.reading.vocabulary import flatten

SUFFIX = re.compile(r"\s*[(\[]\d{1,4}[)\]]$|\s*[|–—-]\s*[^|–—-]{2,40}$")
COUNTED = re.compile(r"\s*[(\[]\d{1,4}[)\]]$")
WORD = re.compile(r"\w+")
ELLIPSIS = ("…", "...", "[…]", "[...]")
HEAD = 8
# Characters beyond which nothing is a title; looking for a counter behind a longer one takes the square of its blanks.
LONGEST_TITLE = 1_000
# Words that a repeat must have; fewer may recur by chance.
LEAST_WORDS = 8
# Share of a standfirst's words that a later line must hold, in order, for it to be a repeat. Chosen by eye
# on news pages: at .85 standfirsts that add a fact stay.
SAME = 0.85


def find_repeats(page: Page) -> None:
    """Cut titles told again and lines whose words stand in a fuller line."""
    cut_titles(page)
    words = [tuple(WORD.findall(line.text.casefold())) if page.kept(i) else () for i, line in enumerate(page.lines)]
    cut_contained(page, words)
    cut_standfirsts(page, words)


def bare_title(title: str) -> str:
    """A title without a counter behind it, flattened.

    >>> bare_title("Two States Sign (2024)") == bare_title("Two states sign (1)")
    True
    """
    plain = title.strip()
    return flatten(COUNTED.sub("", plain) if len(plain) <= LONGEST_TITLE else plain)


def cut_titles(page: Page) -> None:
    """Cut lines that repeat the title, the first that gives it aside."""
    first = next((i for i in range(len(page.lines)) if page.kept(i)), None)
    if first is None:
        return
    titles = {bare_title(page.title), bare_title(SUFFIX.sub("", page.title[:LONGEST_TITLE]))} if page.title else set()
    if page.lines[first].words <= 30 and not page.lines[first].stopped:
        titles.add(bare_title(page.lines[first].text))
    titles = {t for t in titles if len(t.split()) >= 3}
    seen = False
    for index, line in enumerate(page.lines):
        if page.kept(index) and len(line.text) <= 300 and bare_title(line.text) in titles:
            if seen:
                page.cut(index, "repeated_title")
            seen = True


def cut_contained(page: Page, words: list[tuple[str, ...]]) -> None:
    """Cut a line that stands word for word in another, or is cut off and begins as another does.

    Lines are found by their first words, so time stays linear in the text.
    """
    places: dict[tuple[str, ...], list[int]] = {}
    wanted = {w[:LEAST_WORDS] for w in words if LEAST_WORDS <= len(w) <= 120}
    for index, line in enumerate(words):
        for at in range(len(line) - LEAST_WORDS + 1):
            key = line[at : at + LEAST_WORDS]
            if key in wanted and len(places.setdefault(key, [])) < 8 and index not in places[key]:
                places[key].append(index)
    for index, line in enumerate(words):
        if not LEAST_WORDS <= len(line) <= 120:
            continue
        own = " ".join(line)
        for other in places.get(line[:LEAST_WORDS], ()):
            if other != index and page.kept(other) and page.kept(index) and own in " ".join(words[other]):
                if words[other] == line and other > index:
                    continue
                if index == 0 and words[other] != line:
                    continue
                page.cut(index, "repeated_teaser", "stands in full elsewhere")


def cut_standfirsts(page: Page, words: list[tuple[str, ...]]) -> None:
    """Cut a line of the head without a full stop that a later line tells more fully in the same words."""
    for index in range(1, min(HEAD, len(page.lines))):
        line = words[index]
        if not page.kept(index) or page.lines[index].stopped or not LEAST_WORDS <= len(line) <= 80:
            continue
        for other in range(index + 1, min(len(words), index + 60)):
            if len(words[other]) > len(line) and share_in_order(line, words[other]) >= SAME:
                page.cut(index, "repeated_teaser", "told more fully below")
                break


def share_in_order(short: tuple[str, ...], full: tuple[str, ...]) -> float:
    """Share of the first one's words that the second holds in the same order, 0 unless six stand together.

    >>> share_in_order(("a", "b"), ("a", "b"))
    0.0
    """
    if not any(short[i : i + 6] == full[j : j + 6] for i in range(len(short) - 5) for j in range(min(len(full), 200) - 5)):
        return 0.0
    row = [0] * (min(len(full), 200) + 1)
    for word in short:
        diagonal = 0
        for j, other in enumerate(full[:200], 1):
            diagonal, row[j] = row[j], diagonal + 1 if word == other else max(row[j], row[j - 1])
    return row[-1] / len(short)
