"""Runs of lines that belong together: link lists, author boxes, scraped questions."""

from __future__ import annotations

import re
from functools import cache

from amity.reading.lines import STOP, Line
from amity.reading.page import Page
from amity.reading.vocabulary import flatten, load_table, words_of

KEYED = re.compile(r"([^\W\d_][\w ]{1,24}?)\s*:(?:\s|$)")
# A question with the mark of a folded answer; plain questions are headings of honest reports and stay.
QUESTION_SPAN = 6


def find_author_box(page: Page) -> None:
    """Cut "Author information" and the keyed lines below it (name, birthday, address ...), and a paragraph about the author."""
    keys = words_of("author_box", "keys")
    keyed = [len(line.text) <= 160 and is_keyed(line, keys) for line in page.lines]
    for index, line in enumerate(page.lines):
        if not page.kept(index) or len(line.text) > 160:
            continue
        if flatten(line.text) in words_of("author_box", "headers"):
            cut_box(page, index, keys)
        elif keyed[index] and (
            sum(keyed[max(0, index - 3) : index + 4]) >= 3 or (line.words <= 8 and is_keyed(line, frozenset({"author"})))
        ):
            page.cut(index, "author_box")


def cut_box(page: Page, header: int, keys: frozenset[str]) -> None:
    """Cut the header, the keyed lines after it, and at the end of the page one paragraph of praise."""
    page.cut(header, "author_box")
    at = header + 1
    while at < len(page.lines) and is_keyed(page.lines[at], keys):
        page.cut(at, "author_box")
        at += 1
    if at == header + 1 and len(page.lines) - at <= 3 and at < len(page.lines) and len(page.lines[at].text) <= 600:
        page.cut(at, "author_box")


def is_keyed(line: Line, keys: frozenset[str]) -> bool:
    """Whether a line is `Key: value` with a key of an author box."""
    found = KEYED.match(line.text)
    return found is not None and found.group(1).strip().casefold() in keys


def find_questions(page: Page) -> None:
    """Cut blocks of scraped questions with folded answers, from the first question to the last answer."""
    marked = [i for i, line in enumerate(page.lines) if page.kept(i) and is_marked_question(line)]
    headed = {i for i, line in enumerate(page.lines) if len(line.text) < 60 and flatten(line.text) in words_of("question_spam", "headers")}
    if len(marked) < 2:
        return
    previous = None
    for at in marked:
        if previous is None or at - previous > QUESTION_SPAN:
            begin = at
            if previous is not None:
                cut_answer(page, previous)
        else:
            begin = previous
        for i in range(begin, at + 1):
            page.cut(i, "question_spam")
        if at - 1 in headed:
            page.cut(at - 1, "question_spam")
        previous = at
    cut_answer(page, marked[-1])


def is_marked_question(line: Line) -> bool:
    """Whether a line is a question with the mark of a folded answer behind it."""
    if len(line.text) > 200:
        return False
    body = line.text.rstrip(str(load_table()["question_spam"]["marks"]) + " ")
    return len(body) < len(line.text) and body.endswith(("?", "؟"))


def cut_answer(page: Page, question: int) -> None:
    """Cut the one paragraph after a question, and what stands before the next cut line if that is near."""
    near = next((i for i in range(question + 1, min(question + QUESTION_SPAN, len(page.lines))) if not page.kept(i)), question + 2)
    for i in range(question + 1, min(near, len(page.lines))):
        page.cut(i, "question_spam")


def find_link_lists(page: Page) -> None:
    """Cut "Read more" with the links after it, single `Read more: ...` lines, and lines that end in "Read more"."""
    for index, line in enumerate(page.lines):
        if not page.kept(index) or len(line.text) > 400:
            continue
        plain = flatten(line.text)
        if is_list_header(line, plain):
            page.cut(index, "read_more_list")
            cut_links(page, index)
        elif index and (is_inline_link(line) or ends_in_link(line, plain)):
            page.cut(index, "read_more_list")


def is_list_header(line: Line, plain: str) -> bool:
    """Whether a line opens a list of links."""
    if plain in words_of("read_more_list", "headers"):
        return True
    begins = tuple(load_table()["read_more_list"]["header_begins"])
    return len(line.text) <= 80 and not line.stopped and plain.startswith(begins) and line.words <= 9


def cut_links(page: Page, header: int) -> None:
    """Cut the links after a header: bulleted lines if the first is one, else title-like lines set apart by no wider gap."""
    part = load_table()["read_more_list"]
    at, last = header + 1, min(len(page.lines), header + 1 + int(part["most_links"]))
    bulleted = at < last and page.lines[at].bullet > 0
    widest = page.lines[at].gap if at < last else 0
    while at < last and (not page.kept(at) or is_link(page.lines[at], bulleted, int(part["longest_link"]))):
        if page.lines[at].gap > max(widest, 1) and at > header + 1:
            break
        page.cut(at, "read_more_list")
        at += 1


def is_link(line: Line, bulleted: bool, longest: int) -> bool:
    """Whether a line may be the title of another page."""
    if len(line.text) > longest or (bulleted and not line.bullet):
        return False
    return not line.stopped or (line.text.endswith("?") and line.words <= 14)


def is_inline_link(line: Line) -> bool:
    """Whether a line is `Read more: title` or the like; a sentence with a full stop is none unless its prefix is plain."""
    found = inline_pattern().match(line.text)
    if not found or len(line.text) > 250:
        return False
    return (
        not STOP.search(line.text)
        or line.text[-1] in "?!"
        or found.group(1).casefold() in ("read more", "see also", "read also", "also read", "related")
    )


@cache
def inline_pattern() -> re.Pattern[str]:
    """`Read more: `, `( Also on ...: `, as a pattern of the table's words."""
    words = sorted((str(w) for w in load_table()["read_more_list"]["inline"]), key=len, reverse=True)
    return re.compile(rf"[\s(\[>»•*–-]*({'|'.join(map(re.escape, words))})\s*[:|]\s*(?=.*\w)", re.IGNORECASE)


def ends_in_link(line: Line, plain: str) -> bool:
    """Whether a title is followed by "Read more" on its own line; a sentence before it keeps the line."""
    tails = words_of("read_more_list", "tails")
    tail = next((t for t in tails if plain.endswith(" " + t)), None)
    return tail is not None and len(line.text) <= 200 and not STOP.search(plain[: -len(tail)].rstrip())
