"""Lines of a document -> what is cut and why; when unsure a line is kept.

Each rule looks at structure and at the words of `tables/furniture.yaml`, never at what a report is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from amity.reading.blocks import find_author_box, find_link_lists, find_questions
from amity.reading.heads import find_bylines, find_date_lines, find_datelines, find_head_leftovers
from amity.reading.page import Page
from amity.reading.repeats import find_repeats
from amity.reading.vocabulary import caption_label, flatten, line_rule
from amity.records import Cut, CutReason

LINE_REASONS: tuple[CutReason, ...] = ("machine_notice", "share_line", "byline", "page_furniture", "caption")


def find_cuts(page: Page, hints: Iterable[tuple[int, CutReason]] = ()) -> tuple[Cut, ...]:
    """A page -> its cuts, in order and apart from each other; those it came with stand.

    >>> from amity.reading.lines import read_lines
    >>> text = "Two states sign a treaty\\n\\nShare this news\\n\\nThey met on Monday."
    >>> [(c.start, c.end, c.reason) for c in find_cuts(Page(text, lines=read_lines(text)))]
    [(26, 41, 'share_line')]
    """
    find_author_box(page)
    cut_lines(page)
    find_link_lists(page)
    find_questions(page)
    find_bylines(page)
    find_date_lines(page)
    for index, reason in hints:
        page.cut(index, reason)
    for index in page.outside:
        page.cut(index, "page_furniture")
    find_head_leftovers(page)
    find_repeats(page)
    find_datelines(page)
    return join_cuts(page)


def cut_lines(page: Page) -> None:
    """Cut each line that a rule of the table fits."""
    rules = [line_rule(reason) for reason in LINE_REASONS]
    for index, line in enumerate(page.lines):
        if index in page.reasons or len(line.text) > 1600:
            continue
        label = caption_label().match(line.text)
        if label and len(line.text[label.end() :].split(None, 4)) >= 4:
            page.parts.append(Cut(line.start, line.start + label.end(), "caption", "sign of a caption"))
            continue
        plain = flatten(line.text)
        for rule in rules:
            if rule.fits(line.text, plain):
                page.cut(index, rule.reason)
                break


def join_cuts(page: Page) -> tuple[Cut, ...]:
    """Cut lines and parts of lines -> cuts; lines next to each other cut for one reason become one."""
    cuts: list[Cut] = []
    for index, line in enumerate(page.lines):
        if index not in page.reasons:
            continue
        reason, note = page.reasons[index]
        before = cuts[-1] if cuts and index - 1 in page.reasons and page.reasons[index - 1] == (reason, note) else None
        if before:
            cuts[-1] = Cut(before.start, line.end, reason, note)
        else:
            cuts.append(Cut(line.start, line.end, reason, note))
    whole = sorted(cuts, key=lambda c: c.start)
    parts = [p for p in page.parts if not any(c.start < p.end and p.start < c.end for c in whole)]
    return tuple(sorted([*whole, *parts], key=lambda c: c.start))


def remove_controls(text: str) -> str:
    """Text as stored: line ends as `\\n`, no NUL, half surrogate pairs as U+FFFD; all else as it came.

    >>> remove_controls("a\\r\\nb\\x00\\ud800")
    'a\\nb�'
    """
    text = text.replace("\r\n", "\n").replace("\x00", "")
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    return SURROGATE.sub("\ufffd", text)


SURROGATE = re.compile("[\ud800-\udfff]")
